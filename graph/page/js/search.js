// Search as you type: over everything, or over the things of the network.
import { combobox } from "./combobox.js";
import { bdi, h } from "./dom.js";
import { findAll, findThings, thingEntry } from "./finding.js";
import { name } from "./names.js";
import { state } from "./state.js";
import { capitalised, t } from "./words.js";

function option({ entry, text }) {
  const shown = entry.called();
  return [
    entry.mark(),
    h("span", { class: "grow" }, bdi(shown), text && capitalised(text) !== shown && h("small", bdi(text))),
    h("small", entry.beside()),
  ];
}

// A combobox that finds whatever there is; a choice goes there, and then `after` is called.
export function searchAll(input, list, after) {
  const find = (text) => findAll(text).map((hit) => ({ ...hit, group: `${t(hit.group)} (${hit.found})` }));
  const chosen = ({ entry }) => {
    entry.choose();
    after(entry);
  };
  combobox(input, list, { find, option, chosen });
}

// A combobox that finds things of the network, those that fit: `chosen` is called with the node. As long as nothing is
// written it offers what `first` gives.
export function nodeSearch(input, list, chosen, { fits = () => true, first = () => [] } = {}) {
  const byName = (a, b) => name(a).localeCompare(name(b), state.lang);
  const find = (text) => (text.trim() ? findThings(text, fits) : [...first()].sort(byName).map(thingEntry));
  combobox(input, list, { find, option, chosen: ({ entry }) => chosen(entry.node) });
}

// The input and the list of such a combobox.
export function comboboxOf(id, label) {
  const list = `${id}-list`;
  const role = { role: "combobox", "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list" };
  return {
    input: h("input", { id, type: "text", autocomplete: "off", placeholder: t("search"), ...role }),
    list: h("div", { id: list, role: "listbox", "aria-label": label, class: "options", hidden: true }),
  };
}
