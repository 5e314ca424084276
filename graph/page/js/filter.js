// What passes the filters: within one facet any choice fits, across facets all must.
import { edges, kinds, nodes, pictured, sources } from "./data.js";
import { FACETS, selection, state } from "./state.js";

export const valueSets = Object.fromEntries(FACETS.map((facet) => [facet, facetValues(facet)]));

function facetValues(facet) {
  const found = new Set(pictured.flatMap((node) => [...node.values[facet]]));
  if (facet === "kind") return kinds.map((kind) => kind.class).filter((value) => found.has(value));
  if (facet === "status")
    return ["stated", "ongoing", "planned", "discussed", "inferred", "over", "upcoming", "withdrawn", "outweighed"].filter((value) => found.has(value));
  if (facet === "source") return sources.map((source) => source.id).filter((value) => found.has(value));
  return [...found];
}

// What an address asks of a facet, without what nothing here has: a mistyped value filters nothing away.
const knownValues = Object.fromEntries(
  FACETS.map((facet) => [facet, new Set(nodes.flatMap((node) => [...node.values[facet]]))]),
);

export const wanted = (facet) => state[facet].filter((value) => knownValues[facet].has(value));

export function matches(values, except) {
  return FACETS.every((facet) => {
    if (facet === except || !values[facet] || !state[facet].length) return true;
    const asked = wanted(facet);
    return !asked.length || asked.some((value) => values[facet].has(value));
  });
}

export const filtering = () => FACETS.some((facet) => wanted(facet).length);

// What passes the filters: {nodes: Set of indices, edges: Set of indices}.
export function matching() {
  const kept = new Set(pictured.filter((node) => matches(node.values)).map((node) => node.index));
  const links = edges.filter((edge) => kept.has(edge.f) && kept.has(edge.t) && matches(edge.values));
  return { nodes: kept, edges: new Set(links.map((edge) => edge.index)) };
}

// What a picture shows: that, and the thing that is picked with its links to it, for whoever looks for a thing by its name
// wants to see it, whatever is filtered. A link must still have the status and the source that are asked for.
export function visible() {
  const kept = matching();
  const picked = selection()?.node;
  if (!picked) return kept;
  kept.nodes.add(picked.index);
  for (const link of picked.links) {
    const { f, t, values } = edges[link];
    if (kept.nodes.has(f) && kept.nodes.has(t) && matches(values)) kept.edges.add(link);
  }
  return kept;
}

export function counts(facet) {
  const tally = new Map();
  for (const node of pictured) {
    if (!matches(node.values, facet)) continue;
    for (const value of node.values[facet]) tally.set(value, (tally.get(value) ?? 0) + 1);
  }
  return tally;
}
