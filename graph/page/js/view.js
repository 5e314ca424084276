// What the view shows now, as things and claims: what is taken away from it.
import { answersOf, claimsIn, questionNamed, thingsIn } from "./answers.js";
import { anchors, listed, thingsAt } from "./chart.js";
import { citedIn } from "./copies.js";
import { byId, claims, edges, isPictured, nodes, pictured } from "./data.js";
import { claimMatches, heedsFilters, visible } from "./filter.js";
import { claimsOf, linksOf, neighbourhood } from "./model.js";
import { pathShown } from "./paths.js";
import { chosenText } from "./reader.js";
import { selection, state } from "./state.js";
import { tableRows } from "./table.js";
import { shownClaims } from "./timeline.js";

const numbers = (list) => [...new Set(list)].sort((a, b) => a - b);
const DRAWN = ["network", "map"]; // beside these stands the record of what is picked
const numberOf = new Map(claims.map((claim, index) => [claim, index]));

// Views that show less than what passes the filters, or claims by themselves.
export const SHOWN = {
  map: mapShown,
  table: () => ofClaims(state.table === "things" ? tableRows().flatMap(claimsOf) : tableRows().flatMap(claimsBehind)),
  timeline: () => ofClaims(shownClaims().map((claim) => numberOf.get(claim))),
  questions: answersShown,
  texts: () =>
    allOf(chosenText() ? citedIn(chosenText()).flatMap(({ says }) => says.map((one) => numberOf.get(one))) : []),
};

export function currentView() {
  const path = pathShown();
  if (path)
    return (heedsFilters() ? ofClaims : allOf)(
      [...path.edges].flatMap((index) => claimsBehind(edges[index])),
      path.nodes,
    );
  const { node, edge } = selection() ?? {};
  if (node && byId.has(state.compare) && DRAWN.includes(state.view)) return compared(node, byId.get(state.compare));
  if (edge && state.view === "network") return ofClaims(claimsBehind(edge), [edge.f, edge.t]);
  return (SHOWN[state.view] ?? networkShown)();
}

// What stands side by side, whatever is filtered: all that is said of each.
function compared(...pair) {
  const behind = pair.flatMap((node) => [...node.facts, ...linksOf(node).flatMap(claimsBehind)]);
  return allOf(behind, pair.map((node) => node.index));
}

// What a link rests on: its claims, or those that it was inferred from.
const claimsBehind = (edge) => (edge.c.length ? edge.c : (edge.g ?? []));

// Claims that pass the filters, and the things that they are about.
export function ofClaims(list, things = []) {
  return allOf(list.filter((index) => claimMatches(claims[index])), things);
}

// The same, whatever is filtered.
function allOf(list, things = []) {
  const kept = numbers(list);
  const ends = kept.flatMap((index) => [claims[index].s, claims[index].o]).filter((end) => end !== undefined);
  return { nodes: numbers([...things, ...ends]), claims: kept };
}

// Things, what is said of each by itself, the links among them, and what curators decided against: that stands on the
// record of what is picked whatever its other end is.
function among(things, links) {
  const inside = new Set(things);
  const between = [...links].filter((index) => inside.has(edges[index].f) && inside.has(edges[index].t));
  const chosen = selection()?.node?.index;
  const whole = ({ s, o }) => [s, o].includes(chosen) || (inside.has(s) && inside.has(o));
  const aside = things.flatMap((index) => nodes[index].aside).filter((index) => whole(claims[index]));
  const facts = [...things.flatMap((index) => nodes[index].facts), ...aside].filter((index) => claimMatches(claims[index]));
  return { nodes: numbers(things), claims: numbers([...between.flatMap((index) => edges[index].c), ...facts]) };
}

function networkShown() {
  const kept = visible();
  const chosen = selection()?.node;
  const around = chosen && neighbourhood(chosen.index, state.depth);
  const shown = among(
    [...kept.nodes].filter((index) => !around || around.has(index)),
    kept.edges,
  );
  if (around || ["layer", "kind", "sector", "place"].some((facet) => state[facet].length)) return shown;
  const ofSources = [...claims.keys()].filter((index) => claims[index].about && claimMatches(claims[index]));
  return { ...shown, claims: numbers([...shown.claims, ...ofSources]) };
}

// Of those, what has a place on the map.
function mapShown() {
  const kept = visible();
  const placed = [...thingsAt(kept.nodes).byPlace].flatMap(([place, list]) => [place, ...list]);
  const chosen = selection()?.node;
  const around = chosen && neighbourhood(chosen.index, state.depth);
  const there = numbers(placed).filter((index) => kept.nodes.has(index));
  const onMap = [...there, ...listed().map(({ node }) => node.index)].filter((index) => !around || around.has(index));
  return anchors.length ? among(onMap, kept.edges) : { nodes: [], claims: [] };
}

// The claims that the answers of the open question rest on, and the things in them; where none is open, all that the
// network draws. Filters change nothing here.
function answersShown() {
  const asked = questionNamed(state.question);
  const rows = asked && answersOf(asked);
  const all = () => [...claims.keys()].filter((index) => isPictured(claims[index].s ?? 0));
  return allOf(rows ? claimsIn(rows) : all(), (rows ? thingsIn(rows) : pictured).map((node) => node.index));
}

// Things, and the claims that link them.
export function ofThings(list) {
  const things = new Set(list);
  const links = [...edges.keys()].filter((index) => things.has(edges[index].f) && things.has(edges[index].t));
  return ofClaims(
    links.flatMap((index) => edges[index].c),
    things,
  );
}
