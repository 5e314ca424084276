// What may be named in a query, by its term and by what it is called in any language and spelling.
import { data, nodes, properties, sources } from "../data.js";
import { score, searched } from "../fold.js";
import { rankOf } from "../model.js";
import { name } from "../names.js";
import { inLanguage } from "../words.js";

const MOST = 8;
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

// The names that answer what is written, as {term, shown}, best first; entities by how much is linked to them.
export function find(text) {
  const [lower, query] = [text.toLowerCase(), searched(text)];
  const rank = (each) => (each.node ? rankOf.get(each.node.index) : -1);
  return names
    .map((each) => ({ ...each, score: lower ? scoreOf(each, lower, query) : 0 }))
    .filter((each) => each.score)
    .sort((a, b) => b.score - a.score || rank(a) - rank(b))
    .slice(0, MOST)
    .map(({ term, node, labels }) => ({ term, shown: node ? name(node) : inLanguage(labels, "") }));
}
