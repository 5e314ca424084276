// What passes the filters: within one facet any choice fits, across facets all must.
import { data, edges, kinds, nodes, pictured, sources } from "./data.js";
import { pathShown } from "./paths.js";
import { FACETS, selection, state } from "./state.js";

export const valueSets = Object.fromEntries(FACETS.map((facet) => [facet, facetValues(facet)]));

function facetValues(facet) {
  const found = new Set(pictured.flatMap((node) => [...node.values[facet]]));
  if (facet === "layer") return data.layers.map((layer) => layer.name).filter((value) => found.has(value));
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

const UNFILTERED = ["questions", "texts"]; // views that show the same whatever is filtered
export const heedsFilters = () => !UNFILTERED.includes(state.view);
export const filtering = () => FACETS.some((facet) => wanted(facet).length);

// Whether a claim has the status and the source that are asked for.
export const claimMatches = (claim) => matches({ status: new Set([claim.st]), source: new Set([sources[claim.src].id]) });

// What passes the filters: {nodes: Set of indices, edges: Set of indices}.
export function matching() {
  const kept = new Set(pictured.filter((node) => matches(node.values)).map((node) => node.index));
  const links = edges.filter((edge) => kept.has(edge.f) && kept.has(edge.t) && matches(edge.values));
  return { nodes: kept, edges: new Set(links.map((edge) => edge.index)) };
}

// What is picked, whatever is filtered: a thing, a link with its ends, or a path.
export function picked() {
  const { node, edge } = selection() ?? {};
  const path = pathShown();
  return {
    nodes: [...(path?.nodes ?? []), ...(node ? [node.index] : []), ...(edge ? [edge.f, edge.t] : [])],
    edges: [...(path?.edges ?? []), ...(edge ? [edge.index] : [])],
  };
}

// What a picture shows: what passes and what is picked, a thing with its links to that, for whoever looks for a thing by
// its name wants to see it, whatever is filtered. Its links must still have the status and the source that are asked for.
export function visible() {
  const [kept, also] = [matching(), picked()];
  for (const key of ["nodes", "edges"]) for (const index of also[key]) kept[key].add(index);
  for (const link of selection()?.node?.links ?? []) {
    const { f, t, values } = edges[link];
    if (kept.nodes.has(f) && kept.nodes.has(t) && matches(values)) kept.edges.add(link);
  }
  return kept;
}

// Why a view is empty: the filters, or what the view itself says.
export const whyEmpty = (key) => (filtering() && !matching().nodes.size ? "noMatch" : key);

export function counts(facet) {
  const tally = new Map();
  for (const node of pictured) {
    if (!matches(node.values, facet)) continue;
    for (const value of node.values[facet]) tally.set(value, (tally.get(value) ?? 0) + 1);
  }
  return tally;
}
