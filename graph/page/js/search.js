// Search as you type over every name, in every language and spelling.
import { kinds, nodes } from "./data.js";
import { announce, bdi, h } from "./dom.js";
import { searched } from "./fold.js";
import { rankOf } from "./model.js";
import { kindName, name } from "./names.js";
import { icon } from "./shapes.js";
import { capitalised, t } from "./words.js";

const MAX_RESULTS = 12;

// An identifier is searched for too, but never shown as a spelling: its text is empty.
const spellings = nodes.map((node) => {
  const all = [...Object.values(node.label), ...Object.values(node.alt).flat()].reverse();
  const texts = new Map([[searched(node.id), ""], ...all.map((text) => [searched(text), text])]);
  return [...texts].map(([folded, text]) => ({ folded, text }));
});

function score(folded, query) {
  if (folded === query) return 4;
  if (folded.startsWith(query)) return 3;
  if (` ${folded}`.includes(` ${query}`)) return 2;
  if (folded.includes(query)) return 1;
  return query.split(" ").every((word) => folded.includes(word)) ? 0.5 : 0;
}

// The things whose names hold the query, best first: [{node, text (the spelling that matched)}].
function find(text) {
  const query = searched(text);
  if (!query) return [];
  const hits = [];
  for (const [index, names] of spellings.entries()) {
    const [best] = names
      .map((each) => ({ ...each, score: score(each.folded, query) }))
      .sort((a, b) => b.score - a.score || Boolean(b.text) - Boolean(a.text));
    if (best.score) hits.push({ node: nodes[index], text: best.text, score: best.score });
  }
  return hits
    .sort((a, b) => b.score - a.score || rankOf.get(a.node.index) - rankOf.get(b.node.index))
    .slice(0, MAX_RESULTS);
}

// Make an input and its list a combobox (WAI-ARIA Authoring Practices): `chosen` is called with the node.
export function combobox(input, list, chosen) {
  let hits = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const choose = (index) => {
    if (!hits[index]) return;
    close();
    chosen(hits[index].node);
  };
  const mark = (next) => {
    active = next;
    for (const [index, item] of [...list.children].entries())
      item.setAttribute("aria-selected", String(index === active));
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const refresh = () => {
    hits = find(input.value);
    showHits(input, list, hits, choose);
    if (hits.length) mark(0);
  };
  const keys = {
    Escape: () => !list.hidden && [close()],
    ArrowDown: () => hits.length && [list.hidden ? refresh() : mark((active + 1) % hits.length)],
    ArrowUp: () => hits.length && [mark((active - 1 + hits.length) % hits.length)],
    Enter: () => [choose(Math.max(0, active))],
  };
  input.addEventListener("input", refresh);
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

// The list under a combobox: what was found, or that nothing was; said aloud too.
function showHits(input, list, hits, choose) {
  const q = input.value.trim();
  const none = { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" };
  const items = hits.map((hit, index) => option(hit, `${list.id}-${index}`, () => choose(index)));
  list.replaceChildren(...(q && !hits.length ? [h("li", none, t("noResult", { q }))] : items));
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (q) announce(hits.length ? t("results", { n: hits.length }) : t("noResult", { q }));
}

function option({ node, text }, id, choose) {
  const shown = name(node);
  const item = h(
    "li",
    { id, role: "option", "aria-selected": "false" },
    icon(kinds[node.kind]),
    h("span", { class: "grow" }, bdi(shown), text && capitalised(text) !== shown && h("small", bdi(text))),
    h("small", kindName(kinds[node.kind])),
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose();
  });
  return item;
}
