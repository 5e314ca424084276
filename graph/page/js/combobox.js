// A text field that offers what it finds while one types.
import { announce, h } from "./dom.js";
import { t } from "./words.js";

// Make an input and its list a combobox (WAI-ARIA Authoring Practices): `find` gives the hits of a text, `option` the
// entry of a hit, and `chosen` is called with the hit.
export function combobox(input, list, { find, option, chosen }) {
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
    chosen(hits[index]);
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
    showHits(input, list, hits, (hit, index) => option(hit, `${list.id}-${index}`, () => choose(index)));
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
function showHits(input, list, hits, entry) {
  const q = input.value.trim();
  const none = { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" };
  const items = hits.map(entry);
  list.replaceChildren(...(q && !hits.length ? [h("li", none, t("noResult", { q }))] : items));
  list.hidden = !list.children.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (q) announce(hits.length ? t("results", { n: hits.length }) : t("noResult", { q }));
}
