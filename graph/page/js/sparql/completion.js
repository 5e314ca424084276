// Names of classes, relations and entities, offered while a query is written: by their terms, and by what they are
// called in any language and spelling.
import { data, nodes, properties, sources } from "../data.js";
import { announce, bdi, h } from "../dom.js";
import { score, searched } from "../fold.js";
import { rankOf } from "../model.js";
import { name } from "../names.js";
import { inLanguage, t } from "../words.js";
import { nameBefore } from "./tokens.js";

const MOST = 8;
const AT_ONCE = 3; // letters after which names are offered unasked
const KEYWORDS =
  "select distinct where filter optional union minus graph from named order group having limit offset construct describe values bind prefix exists count";
const keyword = (word) => KEYWORDS.split(" ").some((each) => each.startsWith(word.toLowerCase()));
const term = (id) => (id.includes(":") ? id : `az:${id}`);
const labelled = ([id, labels]) => ({ term: term(id), labels, spellings: Object.values(labels) });

// What may be written: {term, labels, spellings, node}; of the data, and what its triples say that has no label here.
const names = [
  ...Object.entries(data.classes).map(labelled),
  ...Object.entries(properties).map(([id, property]) => labelled([id, property.label])),
  ...Object.entries(data.concepts).map(labelled),
  ...Object.entries(data.statuses).map(([id, labels]) => labelled([id[0].toUpperCase() + id.slice(1), labels])),
  ...unlabelled(),
  ...nodes.map((node) => ({
    term: `:${node.id}`,
    labels: node.label,
    spellings: [...Object.values(node.label), ...Object.values(node.alt).flat()],
    node,
  })),
  ...sources.map((source) => ({
    term: `<source/${source.id}>`,
    labels: source.label,
    spellings: Object.values(source.label),
  })),
];
for (const each of names) each.folded = [...new Set(each.spellings.map(searched))];

function unlabelled() {
  const known = new Set([...Object.keys(properties), ...Object.keys(data.classes)].map(term));
  const predicates = new Set(data.triples.shapes.flat().map((index) => data.triples.terms[index]));
  return [...predicates]
    .filter((each) => typeof each === "string" && !known.has(each))
    .map((each) => ({ term: each, labels: {}, spellings: [] }));
}

function scoreOf(each, text, query) {
  const written = each.term.toLowerCase();
  if (text.includes(":")) return written.startsWith(text) ? 3 : written.includes(text) ? 1 : 0;
  const local = written.slice(written.indexOf(":") + 1);
  return Math.max(local.startsWith(text) ? 2.5 : 0, ...each.folded.map((folded) => score(folded, query)));
}

// The names that answer what is written, best first; entities by how much is linked to them.
export function find(text) {
  const [lower, query] = [text.toLowerCase(), searched(text)];
  const rank = (each) => (each.node ? rankOf.get(each.node.index) : -1);
  return names
    .map((each) => ({ ...each, score: lower ? scoreOf(each, lower, query) : 0 }))
    .filter((each) => each.score)
    .sort((a, b) => b.score - a.score || rank(a) - rank(b))
    .slice(0, MOST);
}

// Offer names under a text area; {open} offers them wherever the caret is. `written` is called once one was put in.
export function completed(field, list, written) {
  const offered = { hits: [], active: -1, word: null };
  const choose = (hit) => {
    close(field, list, offered);
    field.focus();
    field.setRangeText(`${hit.term} `, offered.word.at, field.selectionStart, "end");
    written();
  };
  const offer = (asked) => {
    close(field, list, offered);
    offered.word = nameBefore(field.value, field.selectionStart);
    offered.hits = offered.word ? find(offered.word.text) : [];
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
  offered.active = -1;
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
  const shown = hit.node ? name(hit.node) : inLanguage(hit.labels, "");
  const item = h(
    "li",
    { id, role: "option", "aria-selected": "false" },
    h("code", { dir: "ltr" }, hit.term),
    h("span", { class: "grow" }, bdi(shown)),
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose(hit);
  });
  return item;
}
