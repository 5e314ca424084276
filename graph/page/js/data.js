// The knowledge as the page holds it: lists read once, joined by their numbers.
import { data as given } from "./background.js";

export const data = { ...given, questions: JSON.parse(document.getElementById("asked").textContent) };
export const drawn = JSON.parse(document.getElementById("drawn").textContent);
export const { nodes, edges, claims, sources, properties, kinds, inferences } = data;
// What texts name or link comes first, and is what the network draws; the rest is searched, mapped and counted.
export const pictured = nodes.slice(0, drawn.nodes.length);
export const isPictured = (index) => index < pictured.length;
export const byId = new Map(nodes.map((node) => [node.id, node]));
export const byEdgeKey = new Map();
const setAside = ({ st }) => ["withdrawn", "outweighed"].includes(st);

for (const [index, node] of nodes.entries()) {
  const place = pick(drawn.nodes[index] ?? {}, "x", "y", "size", "group");
  Object.assign(node, { index, links: [], facts: [], aside: [], holds: [], values: {}, ...place });
  Object.assign(node, namesIn(data.triples.nodes[index]));
}

for (const [index, claim] of claims.entries()) {
  if (claim.s !== undefined && (claim.o === undefined || !properties[claim.p]?.edge)) nodes[claim.s].facts.push(index);
  // What curators decided against makes no link, and stands on the record of both its ends.
  if (setAside(claim)) for (const end of new Set([claim.s, claim.o])) nodes[end]?.aside.push(index);
}

// Where a thing lies that is not drawn: a link of its own, but for what it lies in no more than one of those it holds.
for (const [index, { s, p, o, st }] of claims.entries()) {
  if (isPictured(s ?? 0) || o === undefined || !properties[p]?.edge || setAside({ st })) continue;
  const same = edges.find((edge) => edge.f === s && edge.p === p && edge.t === o);
  if (same) same.c.push(index);
  else edges.push({ f: s, t: o, p, s: st, c: [index] });
}

for (const [index, edge] of edges.entries()) {
  edge.index = index;
  edge.key = [nodes[edge.f].id, edge.p, nodes[edge.t].id].join("~");
  byEdgeKey.set(edge.key, edge);
  nodes[edge.f].links.push(index);
  if (!isPictured(edge.f)) nodes[edge.t].holds.push(edge.f);
  else if (edge.t !== edge.f) nodes[edge.t].links.push(index);
}

for (const inference of inferences) {
  const key = [nodes[inference.s]?.id, inference.p, nodes[inference.o]?.id].join("~");
  const edge = byEdgeKey.get(key);
  if (edge) edge.why = [...(edge.why ?? []), inference];
}

// The names that triples give: {label: {language: text}, alt: {language: [text]}, translated: [language]}.
function namesIn(rows) {
  const { terms, shapes } = data.triples;
  const [label, alt, translated] = [{}, {}, []];
  for (const [shape, , ...objects] of rows) {
    for (const [place, predicate] of shapes[shape].entries()) {
      const [text, language] = terms[objects[place]];
      if (terms[predicate] === "rdfs:label") label[language] = text;
      else if (terms[predicate] === "skos:altLabel") alt[language] = [...(alt[language] ?? []), text];
      else if (terms[predicate] === "az:translatedLabel") translated.push(language);
    }
  }
  const sorted = (byLanguage) => Object.fromEntries(Object.entries(byLanguage).sort());
  return { label: sorted(label), alt: sorted(alt), translated };
}

// Whether a link joins two things of one community.
export const within = ({ f, t }) => nodes[f].group === nodes[t].group;

export function pick(object, ...keys) {
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

export const sourceById = new Map(sources.map((source) => [source.id, source]));
