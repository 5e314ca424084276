// The lines that pass the filters; the one that is looked at is open.
import { $, button, h, put } from "../js/dom.js";
import { state } from "../js/given.js";
import { number, t } from "../js/words.js";
import { card } from "./card.js";
import { isDecided, missing } from "./deciding.js";
import { SURE, filter, go, look, narrow, shown } from "./look.js";
import { KIND, percent, said } from "./names.js";
import { corrected, rows } from "./rows.js";

const SIGN = { accept: "✓", refuse: "✗", "": "·" };
const STATE = { accept: "accepted", refuse: "refused", "": "undecided" };

const drawn = new Map(); // the closed entries, by line: all but a few stay as they are from one decision to the next

function entry(row) {
  const lacks = row.decision === "accept" && missing(row).length > 0;
  if (row === look.at) return made(row, true, lacks);
  const key = [state.lang, row.decision, lacks, corrected.times].join();
  if (drawn.get(row)?.key !== key) drawn.set(row, { key, element: made(row, false, lacks) });
  return drawn.get(row).element;
}

function made(row, current, lacks) {
  const pick = button(
    () => go(row, current ? "accept" : "pick"),
    { class: "pick", "data-field": current ? "pick" : null, "aria-expanded": String(current) },
    h("span", { class: "mark", "aria-hidden": "true" }, lacks ? "!" : SIGN[row.decision]),
    h("span", { class: "offscreen" }, t(lacks ? "incomplete" : STATE[row.decision])),
    h("span", { class: "grow said" }, said(row)),
    h("small", t(KIND[row.kind])),
    h("small", { class: "number" }, percent(row.confidence)),
  );
  const classes = ["proposal", row.decision, current && "open"].filter(Boolean).join(" ");
  return h("li", { class: classes, "aria-current": current ? "true" : null }, pick, current && card(row));
}

// `focus` names the field that is to have it; without one it stays in the field that had it.
export function renderList(focus) {
  const list = $("list");
  const held = list.contains(document.activeElement) ? document.activeElement.dataset.field : undefined;
  const found = shown();
  exchange(list, found.map(entry));
  const wanted = focus === "missing" ? missingField() : (focus ?? held);
  const field = wanted && list.querySelector(`[data-field="${wanted}"]`);
  if (wanted) (field ?? list.querySelector("[data-field=pick]"))?.focus({ preventScroll: true });
  const open = list.querySelector(".open");
  if (open && (focus || !held)) list.scrollTop = Math.max(0, open.offsetTop - list.clientHeight / 6);
}

// Only what differs is exchanged: to lay out a thousand entries anew takes seconds.
function exchange(list, entries) {
  const isMoved = entries.some((entry_, at) => entry_.parentNode === list && list.children[at] !== entry_);
  if (isMoved || list.children.length !== entries.length) put(list, entries);
  for (const [at, entry_] of entries.entries())
    if (list.children[at] !== entry_) list.replaceChild(entry_, list.children[at]);
}

function missingField() {
  const column = look.at.kind === "source" ? "title" : "label";
  return `${column}_${missing(look.at)[0]}`;
}

const counted = (word, count) => `${t(word)} (${number(count)})`;

// Each filter: its name, its word, and what it lets through with the word of each.
function filters() {
  const kinds = Object.entries(KIND).filter(([kind]) => rows.some((row) => row.kind === kind));
  const of = (decision) => rows.filter((row) => row.decision === decision).length;
  const bounds = { a: percent(SURE.get("highSure")[0]), b: percent(SURE.get("middleSure")[0]) };
  return [
    ["decision", "decisions", [["undecided", counted("undecided", rows.filter((row) => !isDecided(row)).length)], ["accept", counted("accepted", of("accept"))], ["refuse", counted("refused", of("refuse"))]]],
    ["kind", "kind", kinds.map(([kind, word]) => [kind, counted(word, rows.filter((row) => row.kind === kind).length)])],
    ["sure", "certainty", [...SURE.keys()].map((key) => [key, t(key, bounds)])],
  ];
}

export function renderFilters() {
  const held = document.activeElement?.dataset?.filter;
  put(
    $("filters"),
    filters().map(([name, word, options]) => {
      const chosen = ([value, label]) => h("option", { value, selected: filter[name] === value }, label);
      const select = h("select", { "data-filter": name }, [["", counted("all", rows.length)], ...options].map(chosen));
      select.addEventListener("change", () => narrow(name, select.value));
      return h("label", t(word), select);
    }),
  );
  if (held) $("filters").querySelector(`[data-filter=${held}]`)?.focus();
}
