// Names of classes, relations and entities, offered while a query is written.
import { announce, bdi, h } from "../dom.js";
import { t } from "../words.js";
import { nameBefore } from "./tokens.js";

const AT_ONCE = 3; // letters after which names are offered unasked
const KEYWORDS =
  "select distinct where filter optional union minus graph from named order group having limit offset construct describe values bind prefix exists count";
const keyword = (word) => KEYWORDS.split(" ").some((each) => each.startsWith(word.toLowerCase()));

// Offer names under a text area; {open} offers them wherever the caret is. `find` gives those that answer what is
// written, as {term, shown}; `written` is called once one was put in.
export function completed(field, list, { find, written }) {
  const offered = { hits: [], active: -1, word: null };
  const choose = (hit) => {
    const { at } = offered.word;
    close(field, list, offered);
    field.focus();
    field.setRangeText(`${hit.term} `, at, field.selectionStart, "end");
    written();
  };
  const offer = async (asked) => {
    close(field, list, offered);
    const word = nameBefore(field.value, field.selectionStart);
    offered.word = word;
    const hits = word?.text ? await find(word.text) : [];
    if (offered.word !== word) return; // one went on typing
    offered.hits = hits;
    list.replaceChildren(...offered.hits.map((hit, index) => option(hit, `${list.id}-${index}`, choose)));
    list.hidden = !offered.hits.length;
    if (asked || offered.hits.length) announce(t("results", { n: offered.hits.length }));
    if (asked && offered.hits.length) mark(field, list, offered, 0);
  };
  const move = (step) => !list.hidden && [mark(field, list, offered, offered.active + step)];
  const keys = {
    Escape: () => !list.hidden && [close(field, list, offered)],
    ArrowDown: () => move(1),
    ArrowUp: () => offered.active >= 0 && move(-1),
    Enter: ({ ctrlKey, metaKey }) =>
      offered.active >= 0 && !ctrlKey && !metaKey && [choose(offered.hits[offered.active])],
    " ": ({ ctrlKey }) => ctrlKey && [offer(true)],
  };
  field.addEventListener("input", () => (offeredUnasked(field) ? offer(false) : close(field, list, offered)));
  field.addEventListener("blur", () => setTimeout(() => close(field, list, offered), 150));
  field.addEventListener("keydown", (event) => {
    if (!keys[event.key]?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  const open = () => {
    field.focus();
    offer(true);
  };
  return { open };
}

function close(field, list, offered) {
  list.hidden = true;
  field.removeAttribute("aria-activedescendant");
  Object.assign(offered, { active: -1, word: null });
}

function mark(field, list, offered, next) {
  const count = list.children.length;
  offered.active = (next + count) % count;
  for (const [index, item] of [...list.children].entries())
    item.setAttribute("aria-selected", String(index === offered.active));
  const item = list.children[offered.active];
  field.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function offeredUnasked(field) {
  const written = nameBefore(field.value, field.selectionStart)?.text ?? "";
  if (written.includes(":")) return written.length > 1;
  return /[^\0-\x7f]/.test(written) ? written.length > 1 : written.length >= AT_ONCE && !keyword(written);
}

function option(hit, id, choose) {
  const item = h(
    "li",
    { id, role: "option", "aria-selected": "false" },
    h("code", { dir: "ltr" }, hit.term),
    h("span", { class: "grow" }, bdi(hit.shown)),
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose(hit);
  });
  return item;
}
