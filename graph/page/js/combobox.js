// A text field that offers what it finds while one types.
import { announce, h, put } from "./dom.js";
import { group } from "./group.js";
import { t } from "./words.js";

// Make an input and its list a combobox (WAI-ARIA Authoring Practices): `find` gives the hits of a text, in the order of
// their `group` where they have one, `option` the entry of a hit, and `chosen` is called with the hit. What is found for no
// text at all is offered on demand.
export function combobox(input, list, { find, option, chosen }) {
  let hits = [];
  let active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const choose = (index) => {
    if (!hits[index]) return;
    close();
    chosen(hits[index]);
  };
  const mark = (next) => {
    active = next;
    for (const [index, item] of options().entries()) item.setAttribute("aria-selected", String(index === active));
    input.setAttribute("aria-activedescendant", options()[active].id);
    (active ? options()[active] : list.firstElementChild).scrollIntoView({ block: "nearest" });
  };
  const refresh = () => {
    hits = find(input.value);
    showHits(input, list, hits, (hit, index) => entry(option(hit), `${list.id}-${index}`, () => choose(index)));
    if (hits.length) mark(0);
  };
  const keys = {
    Escape: () => !list.hidden && [close()],
    ArrowDown: () => [list.hidden || !hits.length ? refresh() : mark((active + 1) % hits.length)],
    ArrowUp: () => hits.length && [mark((active - 1 + hits.length) % hits.length)],
    Enter: () => [choose(Math.max(0, active))],
  };
  input.addEventListener("input", refresh);
  input.addEventListener("click", () => list.hidden && !input.value && refresh());
  input.addEventListener("blur", () => setTimeout(() => document.activeElement !== input && close(), 150));
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function entry(content, id, choose) {
  const item = h("div", { id, role: "option", "aria-selected": "false" }, content);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose();
  });
  return item;
}

// The list under a combobox: what was found, or that nothing was; said aloud too.
function showHits(input, list, hits, item) {
  const q = input.value.trim();
  const none = { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" };
  const items = hits.map(item);
  const groups = [...group(hits.keys(), (index) => hits[index].group)].map(([name, indices]) => {
    const inside = indices.map((index) => items[index]);
    if (!name) return inside;
    const id = `${inside[0].id}-group`;
    return h("div", { role: "group", "aria-labelledby": id }, h("div", { id, class: "group" }, name), inside);
  });
  put(list, q && !hits.length ? h("div", none, t("noResult", { q })) : groups);
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (q) announce(hits.length ? t("results", { n: hits.length }) : t("noResult", { q }));
}
