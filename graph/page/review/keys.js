// One key for each act, whatever letters the keyboard writes.
import { $, h, put } from "../js/dom.js";
import { t } from "../js/words.js";
import { OPEN, choose, next, takeBack, takeFile, takeSelection } from "./acts.js";
import { refresh, step } from "./look.js";

export const KEYS = [
  ["A", "accept", OPEN.accept],
  ["R", "refuse", OPEN.refuse],
  ["O", "reopen", OPEN.reopen],
  ["J", "later", () => step(1)],
  ["K", "earlier", () => step(-1)],
  ["N", "next", () => next()],
  ["U", "undo", takeBack],
  ["E", "correct", () => $("list").querySelector("fieldset :is(input, select)")?.focus()],
  ["S", "takeSelection", () => takeSelection()],
  ["D", "download", takeFile],
];
const ARROWS = { ArrowDown: 1, ArrowUp: -1 };
const pressed = { on: true };

// The letter of a key: the one it writes, or, where that is of another script, the one that stands there in Latin.
function letter(event) {
  if (/^[\x20-\x7e]$/.test(event.key)) return event.key.toUpperCase();
  return /^(?:Key|Digit|Numpad)(\w)$/.exec(event.code)?.[1] ?? "";
}

function actOf(event) {
  const active = document.activeElement;
  if (event.key in ARROWS) return active.closest("#text, .card") ? undefined : () => step(ARROWS[event.key]);
  if (!pressed.on) return undefined;
  const key = letter(event);
  if (/^[1-9]$/.test(key)) return () => choose(Number(key) - 1);
  return KEYS.find(([each]) => each === key)?.[2];
}

function onKey(event) {
  const isTyping = document.activeElement?.matches("input:not([type=checkbox]), select, textarea");
  if (event.key === "Escape" && isTyping) return refresh("pick");
  if (isTyping || event.altKey) return;
  const isUndo = (event.ctrlKey || event.metaKey) && letter(event) === "Z";
  if ((event.ctrlKey || event.metaKey) && !isUndo) return;
  const act = isUndo ? takeBack : actOf(event);
  if (!act) return;
  event.preventDefault();
  act();
}

export function renderKeys() {
  const box = h("input", { type: "checkbox", checked: pressed.on });
  box.addEventListener("change", () => {
    pressed.on = box.checked;
  });
  const rows = [...KEYS.map(([key, word]) => [key, t(word)]), ["1–9", t("candidates")]];
  put(
    $("keys"),
    h("summary", t("keys")),
    h("dl", rows.map(([key, told]) => h("div", h("dt", h("kbd", { dir: "ltr" }, key)), h("dd", told)))),
    h("label", box, " ", t("keysOn")),
  );
}

export const wireKeys = () => addEventListener("keydown", onKey);
