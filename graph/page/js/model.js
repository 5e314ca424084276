// What can be derived from the knowledge, in no language: where a thing is, what it is linked to, what comes first.
import { claims, data, edges, isPictured, kinds, nodes, sources } from "./data.js";

export const statusOf = (edge) => (edge.r ? "inferred" : edge.s);
export const other = (edge, index) => (edge.f === index ? edge.t : edge.f);
// Whether what a claim or an inference says is also a fact: neither planned nor discussed, nor lapsed.
export const asserted = (said) => ["stated", "ongoing"].includes(said.st);
// All passages that say a claim: the first is the claim's own, the others say the same elsewhere in its source.
export const passages = (claim) => (claim.at ? [claim, ...(claim.also ?? [])] : []);
export const entityIri = (node) => data.info.base + node.id;
export const isPlace = (node) => kinds[node.kind].class === "Place";
const isSector = (node) => kinds[node.kind].class === "Sector";
export const linksOf = (node) => node.links.map((link) => edges[link]);

// The places that a thing's own links name, not all that hold those.
export function directPlaces(node) {
  const leading = linksOf(node).filter((edge) => edge.f === node.index && isPlace(nodes[edge.t]) && !edge.r);
  return [...new Set(leading.map((edge) => edge.t))];
}

export const isClaimed = (link) => !edges[link].r;

// Where a thing is: the places its links lead to, and the places that hold those.
function placesOf(index, seen = new Set()) {
  for (const link of nodes[index].links) {
    const edge = edges[link];
    if (edge.f !== index || !isPlace(nodes[edge.t]) || seen.has(edge.t)) continue;
    if (isPlace(nodes[index]) && statusOf(edge) !== "stated" && !edge.r) continue;
    seen.add(edge.t);
    placesOf(edge.t, seen);
  }
  return seen;
}

// The layers that things of these classes, or links of this property, belong to.
const layersOf = (key, names) =>
  data.layers.filter((layer) => names.some((each) => layer[key].includes(each))).map((layer) => layer.name);
const layersOfThing = (node) => layersOf("classes", node.classes);
const layersOfLink = (edge) => layersOf("properties", [edge.p]);

for (const node of nodes) {
  const linked = linksOf(node);
  const said = [...node.facts, ...node.aside, ...linked.flatMap((edge) => edge.c)].map((index) => claims[index]);
  const around = (test) => linked.map((edge) => nodes[other(edge, node.index)]).filter(test);
  node.values = {
    layer: new Set([...layersOfThing(node), ...linked.flatMap(layersOfLink)]),
    kind: new Set([kinds[node.kind].class]),
    sector: new Set((isSector(node) ? [node] : around(isSector)).map((each) => each.id)),
    place: new Set([...placesOf(node.index), ...(isPlace(node) ? [node.index] : [])].map((index) => nodes[index].id)),
    status: new Set([...said.map((claim) => claim.st), ...linked.filter((edge) => edge.r).map(() => "inferred")]),
    source: new Set(said.map((claim) => sources[claim.src].id)),
  };
}

for (const edge of edges) {
  edge.values = {
    layer: new Set([...layersOfThing(nodes[edge.f]), ...layersOfThing(nodes[edge.t]), ...layersOfLink(edge)]),
    status: new Set(edge.r ? ["inferred"] : edge.c.map((index) => claims[index].st)),
    source: new Set((edge.r ? edge.g : edge.c).map((index) => sources[claims[index].src].id)),
  };
}

const claimedLinks = (index) => nodes[index].links.filter(isClaimed).length;
export const byLinks = (a, b) => claimedLinks(b) - claimedLinks(a) || a - b;

// Things from the most to the least important: the focus, then by number of links, then what is not drawn.
export const ranked = nodes
  .map((node) => node.index)
  .sort((a, b) => isPictured(b) - isPictured(a) || (b === data.info.focus) - (a === data.info.focus) || byLinks(a, b));

export const rankOf = new Map(ranked.map((index, rank) => [index, rank]));

export function factValue(node, property) {
  const index = node.facts.find((each) => claims[each].p === property && !node.aside.includes(each));
  return index === undefined ? undefined : claims[index].v;
}

// Things within so many links: {index → steps}. Inferred links count at the first step only, where they tell something.
export function neighbourhood(index, depth, follow = (link, step) => step === 1 || isClaimed(link)) {
  const reached = new Map([[index, 0]]);
  let edge = [index];
  for (let step = 1; step <= depth && edge.length; step += 1) {
    const next = [];
    for (const at of edge) {
      for (const link of nodes[at].links) {
        if (!follow(link, step)) continue;
        const far = other(edges[link], at);
        if (!reached.has(far)) {
          reached.set(far, step);
          next.push(far);
        }
      }
    }
    edge = next;
  }
  return reached;
}

export function claimsOf(node) {
  return [...new Set([...node.facts, ...node.aside, ...node.links.flatMap((link) => edges[link].c)])].sort((a, b) => a - b);
}

export const sourceIri = (source) => `${data.info.base}source/${source.id}`;
export const claimIri = (claim) => `${data.info.base}claim/${claim.id}`;

export function subjectIri(claim) {
  return data.info.base + (claim.s === undefined ? claim.about : nodes[claim.s].id);
}
