// A field that holds a thing: any that the tables know, or that a line brings.
import { bdi, h } from "../js/dom.js";
import { combobox } from "../js/combobox.js";
import { score, searched } from "../js/fold.js";
import { data } from "../js/given.js";
import { t } from "../js/words.js";
import { classNames, nameOf, ownNames } from "./names.js";
import { rows } from "./rows.js";

const MOST = 10;
const known = Object.entries(data.entities).map(([id, { names }]) => ({ id, folded: [id, ...names].map(searched) }));

function find(text) {
  const query = searched(text);
  if (!query) return [];
  const brought = rows.filter((row) => row.kind === "entity");
  const fresh = brought.map((row) => ({ id: row.id, folded: [row.id, ...Object.values(ownNames(row))].map(searched) }));
  return [...fresh, ...known]
    .map(({ id, folded }) => ({ id, score: Math.max(...folded.map((name) => score(name, query))) }))
    .filter((hit) => hit.score)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
}

const option = ({ id }) => [h("span", { class: "grow" }, bdi(...nameOf(id))), h("small", classNames(id))];

// `chosen` is called with the id of the thing.
export function thingField(column, label, id, chosen) {
  const input = h("input", {
    id: `field-${column}`,
    "data-field": column,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": `options-${column}`,
    value: nameOf(id)[0],
    dir: "auto",
  });
  const list = h("div", { id: `options-${column}`, class: "options", role: "listbox", "aria-label": label, hidden: true });
  combobox(input, list, { find, option, chosen: (hit) => chosen(hit.id) });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    input.value = nameOf(id)[0];
  });
  return h("div", { class: "entry" }, h("label", { for: input.id }, label), input, list, h("small", { title: t("address") }, h("bdi", id)));
}
