// The reader's copy of a text with what is cited in it: each stretch of words leads to what it proves, and back.
import { citedIn, copies, differences } from "./copies.js";
import { data } from "./data.js";
import { $, button, h } from "./dom.js";
import { characters, claimLink, endsNamed, nodeLink, statusChip } from "./evidence.js";
import { passages } from "./model.js";
import { state, update } from "./state.js";
import { t } from "./words.js";

const shown = { stretches: [], at: "" }; // {element, items, paragraph: its number}
const A_LETTER = /[\p{L}\p{N}]/u;
const A_WORD = /[\p{L}\p{N}]{2}/u;

export const directionOf = (source) => data.interface[source.language]?.direction ?? "auto";

// A claim as a link to its record, with what names the ends that the passage only refers to.
export function claimLine(claim, item) {
  const passage = passages(claim).find(({ at }) => at.join("-") === item?.key);
  return h("div", { class: "claim-line" }, claimLink(claim), " ", statusChip(claim.st), passage && endsNamed(passage, claim));
}

// The text in its paragraphs; one stretch at a time can be reached by Tab, the others by the arrows.
export function wordsOf(source) {
  const { points, place } = copies.get(source.id);
  const items = citedIn(source)
    .filter((item) => place.has(item.key))
    .map((item) => ({ ...item, now: place.get(item.key) }));
  const gaps = differences(source).map(({ at }) => at);
  const bounds = [...new Set([...items.flatMap(({ now }) => now), ...gaps.flat()])].sort((a, b) => a - b);
  Object.assign(shown, { stretches: [], at: "" });
  const paragraphs = [];
  let [start, count] = [0, 0];
  for (let end = 0; end <= points.length; end += 1) {
    if (end < points.length && points[end] !== "\n") continue;
    const holes = gaps.flatMap(([from, to]) => (from === to && start <= from && to <= end ? [from] : []));
    const inside = [...bounds.filter((bound) => start < bound && bound < end), ...holes].sort((a, b) => a - b);
    count += points.slice(start, end).some((point) => point.trim()) ? 1 : 0;
    const cuts = [start, ...inside, end];
    const parts = cuts
      .slice(1)
      .map((to, index) => stretch(points, [cuts[index], to], { items, gaps, paragraph: count }));
    paragraphs.push(h("p", parts));
    start = end + 1;
  }
  const first = pressable()[0];
  if (first) first.tabIndex = 0;
  const attributes = { class: "words-read", dir: directionOf(source), lang: source.language, onkeydown: walk };
  return h("div", attributes, paragraphs);
}

function stretch(points, [from, to], { items, gaps, paragraph }) {
  const text = points.slice(from, to).join("").replace(/\r$/, "");
  const inside = items.filter(({ now }) => from < to && now[0] < to && now[1] > from);
  const gap = gaps.find(([start, end]) => start <= from && to <= end && (from < to || start === end));
  const departs = gap && { "data-gap": gap.join("-"), tabindex: "-1" };
  if (!inside.length && gap) return h("span", { class: "departs", ...departs }, text || "…");
  if (!inside.length) return A_WORD.test(text) ? h("span", { class: "w-uncited" }, text) : text;
  const kinds = ["says", "implies", "names"].filter((kind) => inside.some((item) => item[kind].length));
  const [nearest] = [...inside].sort((a, b) => a.at[1] - a.at[0] - (b.at[1] - b.at[0]));
  const choose = () => update({ text: state.text, at: state.at === nearest.key ? "" : nearest.key });
  const shape = [...kinds.map((kind) => `w-${kind}`), gap && "departs"].filter(Boolean).join(" ");
  const pressed = A_LETTER.test(text) && { role: "button", tabindex: "-1", "aria-expanded": "false" };
  const element = h("span", { class: shape, ...pressed, ...departs, onclick: choose }, text);
  shown.stretches.push({ element, items: inside, paragraph });
  return element;
}

const pressable = () => shown.stretches.map(({ element }) => element).filter((each) => each.hasAttribute("role"));

// Arrows walk along the words in the direction in which they are read; Enter opens, Escape closes.
function walk(event) {
  const all = pressable();
  const here = all.indexOf(event.target);
  const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = { [forward]: 1, ArrowDown: 1, ArrowUp: -1 }[event.key] ?? (/^Arrow/.test(event.key) ? -1 : 0);
  if (event.key === "Escape" && state.at) {
    event.stopPropagation();
    update({ at: "" });
  } else if (here >= 0 && ["Enter", " "].includes(event.key)) {
    event.preventDefault();
    event.target.click();
  } else if (here >= 0 && step) {
    event.preventDefault();
    event.target.tabIndex = -1;
    const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
    next.tabIndex = 0;
    next.focus();
  }
}

// Light up the words that the address names, with what names their ends, and say what they prove.
export function light(source) {
  const whole = citedIn(source);
  const item = whole.find(({ key }) => key === state.at);
  for (const each of $("texts").querySelectorAll(".passages > li"))
    each.classList.toggle("lit", each.dataset.at === state.at);
  const named = (item?.says ?? []).flatMap((claim) =>
    passages(claim)
      .filter(({ at }) => at.join("-") === state.at)
      .flatMap((passage) => Object.values(passage.named ?? {}).flat())
      .map(({ at }) => at.join("-")),
  );
  const holds = (each, keys) => each.items.some(({ key }) => keys.includes(key));
  for (const each of shown.stretches) {
    each.element.classList.toggle("lit", holds(each, [state.at]));
    each.element.classList.toggle("lit-named", holds(each, named));
    if (each.element.role) each.element.setAttribute("aria-expanded", String(holds(each, [state.at])));
  }
  $("proof")?.remove();
  const lit = shown.stretches.filter((each) => holds(each, [state.at]));
  if (item && lit.length) lit.at(-1).element.parentElement.after(proof(whole, item, lit[0].paragraph));
  if (shown.at !== state.at) $("texts").querySelector(".lit")?.scrollIntoView({ block: "center" });
  shown.at = state.at;
}

// What some words prove: the claims whose passages hold them, and the things that they name.
function proof(whole, item, paragraph) {
  const around = whole.filter(({ at }) => at[0] <= item.at[0] && item.at[1] <= at[1]);
  const says = around.flatMap((each) => each.says.map((claim) => claimLine(claim, each)));
  const implies = [...new Set(around.flatMap((each) => each.implies))].map((claim) => claimLine(claim));
  const names = [...new Set(around.flatMap((each) => each.names))].map((node) => nodeLink(node));
  const list = (word, found) =>
    found.length > 0 && [
      h("h3", t(word)),
      h(
        "ul",
        found.map((each) => h("li", each)),
      ),
    ];
  const close = button(() => update({ at: "" }), { class: "small" }, t("close"));
  const place = h("p", { class: "dim" }, t("paragraph", { n: paragraph }), " · ", characters(item.at));
  return h(
    "section",
    { id: "proof", class: "evidence", lang: document.documentElement.lang, dir: document.documentElement.dir },
    place,
    list("proves", says),
    list("namesEnds", implies),
    list("namesHere", names),
    h("div", close),
  );
}
