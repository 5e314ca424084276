// Search as you type over every name, in every language and spelling.
import { combobox } from "./combobox.js";
import { kinds, nodes } from "./data.js";
import { bdi, h } from "./dom.js";
import { score, searched } from "./fold.js";
import { rankOf } from "./model.js";
import { kindName, name } from "./names.js";
import { icon } from "./shapes.js";
import { capitalised } from "./words.js";

const MAX_RESULTS = 12;

// An identifier is searched for too, but never shown as a spelling: its text is empty.
const spellings = nodes.map((node) => {
  const all = [...Object.values(node.label), ...Object.values(node.alt).flat()].reverse();
  const texts = new Map([[searched(node.id), ""], ...all.map((text) => [searched(text), text])]);
  return [...texts].map(([folded, text]) => ({ folded, text }));
});

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

// A combobox that finds things of the network: `chosen` is called with the node.
export const nodeSearch = (input, list, chosen) => combobox(input, list, { find, option, chosen: (hit) => chosen(hit.node) });
