// Search as you type over every name, in every language and spelling.
import { combobox } from "./combobox.js";
import { kinds, nodes } from "./data.js";
import { bdi, h } from "./dom.js";
import { score, searched } from "./fold.js";
import { rankOf } from "./model.js";
import { kindName, name } from "./names.js";
import { icon } from "./shapes.js";
import { state } from "./state.js";
import { capitalised, t } from "./words.js";

const MAX_RESULTS = 12;

// An identifier is searched for too, but never shown as a spelling: its text is empty.
const spellings = nodes.map((node) => {
  const all = [...Object.values(node.label), ...Object.values(node.alt).flat()].reverse();
  const texts = new Map([[searched(node.id), ""], ...all.map((text) => [searched(text), text])]);
  return [...texts].map(([folded, text]) => ({ folded, text }));
});

// The things whose names hold the query, best first: [{node, text (the spelling that matched)}].
function find(text, fits) {
  const query = searched(text);
  if (!query) return [];
  const hits = [];
  for (const [index, names] of spellings.entries()) {
    if (!fits(nodes[index])) continue;
    const [best] = names
      .map((each) => ({ ...each, score: score(each.folded, query) }))
      .sort((a, b) => b.score - a.score || Boolean(b.text) - Boolean(a.text));
    if (best.score) hits.push({ node: nodes[index], text: best.text, score: best.score });
  }
  return hits
    .sort((a, b) => b.score - a.score || rankOf.get(a.node.index) - rankOf.get(b.node.index))
    .slice(0, MAX_RESULTS);
}

function option({ node, text }) {
  const shown = name(node);
  return [
    icon(kinds[node.kind]),
    h("span", { class: "grow" }, bdi(shown), text && capitalised(text) !== shown && h("small", bdi(text))),
    h("small", kindName(kinds[node.kind])),
  ];
}

// A combobox that finds things of the network, those that fit: `chosen` is called with the node. As long as nothing is
// written it offers what `first` gives.
export function nodeSearch(input, list, chosen, { fits = () => true, first = () => [] } = {}) {
  const byName = (a, b) => name(a.node).localeCompare(name(b.node), state.lang);
  const offered = () => first().map((node) => ({ node })).sort(byName);
  const found = (text) => (text.trim() ? find(text, fits) : offered());
  combobox(input, list, { find: found, option, chosen: (hit) => chosen(hit.node) });
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
