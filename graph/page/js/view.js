// What the view shows now.
import { claims, edges, nodes, sources } from "./data.js";
import { matches, visible } from "./filter.js";
import { neighbourhood } from "./model.js";
import { selection, state } from "./state.js";

const claimMatches = (claim) => matches({ status: new Set([claim.st]), source: new Set([sources[claim.src].id]) });

// What the view shows now: things that pass the filters (or the selected with its neighbourhood), and their claims.
export function currentView() {
  const kept = visible();
  const chosen = selection()?.node;
  const around = chosen && neighbourhood(chosen.index, state.depth);
  const things = [...kept.nodes].filter((index) => !around || around.has(index)).sort((a, b) => a - b);
  const inside = new Set(things);
  const links = [...kept.edges]
    .filter((index) => inside.has(edges[index].f) && inside.has(edges[index].t))
    .flatMap((index) => edges[index].c);
  const facts = things.flatMap((index) => nodes[index].facts).filter((index) => claimMatches(claims[index]));
  const aboutSources = around
    ? []
    : [...claims.keys()].filter((index) => claims[index].about && claimMatches(claims[index]));
  return { nodes: things, claims: [...new Set([...links, ...facts, ...aboutSources])].sort((a, b) => a - b) };
}
