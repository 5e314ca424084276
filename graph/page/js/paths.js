// How are X and Y linked? The shortest paths, then longer ones that pass by other things, each hop with its claims.
import { byId, edges, nodes } from "./data.js";
import { group } from "./group.js";
import { isClaimed, neighbourhood, other, rankOf } from "./model.js";
import { name } from "./names.js";
import { state } from "./state.js";
import { t } from "./words.js";

const MOST_PATHS = 5;
const EXTRA_STEPS = 2;
const MOST_TRIES = 20000;

// Simple paths from one thing to another, shortest first: lists of hops {at, far, links}.
// What is told comes first: inferred links serve only where nothing told leads there.
function findPaths(from, to) {
  const claimed = pathsOver(from, to, isClaimed);
  return claimed.length ? claimed : pathsOver(from, to, () => true);
}

function pathsOver(from, to, follow) {
  const distance = neighbourhood(to, Number.POSITIVE_INFINITY, follow);
  if (from === to || !distance.has(from)) return [];
  const shortest = distance.get(from);
  const found = [];
  let tries = 0;
  for (let length = shortest; length <= shortest + EXTRA_STEPS && found.length < MOST_PATHS; length += 1) {
    const walk = (at, hops, visited) => {
      tries += 1;
      if (found.length >= MOST_PATHS || tries > MOST_TRIES) return;
      if (at === to) {
        if (hops.length === length) found.push(hops);
        return;
      }
      for (const [far, links] of stepsFrom(at, to, follow)) {
        if (visited.has(far) || hops.length + 1 + (distance.get(far) ?? Number.POSITIVE_INFINITY) > length) continue;
        walk(far, [...hops, { at, far, links }], new Set([...visited, far]));
      }
    };
    walk(from, [], new Set([from]));
  }
  return found;
}

const touches = ({ f, t: end }, index) => f === index || end === index;

// The neighbours of a thing with all the links that lead there, the important first; where the way ends, also by those
// that only what lies in a thing has.
function stepsFrom(at, to, follow) {
  const links = [...new Set([...nodes[at].links, ...nodes[to].links.filter((link) => touches(edges[link], at))])]
    .filter(follow)
    .map((link) => edges[link])
    .filter((edge) => edge.f !== edge.t);
  return [...group(links, (edge) => other(edge, at))].sort(([a], [b]) => rankOf.get(a) - rankOf.get(b));
}

const pathCache = { key: "", paths: [] };

export function currentPaths() {
  const key = `${state.from} ${state.to}`;
  if (pathCache.key !== key) {
    const [from, to] = [byId.get(state.from), byId.get(state.to)];
    Object.assign(pathCache, { key, paths: from && to ? findPaths(from.index, to.index) : [] });
  }
  return pathCache.paths;
}

// The path that the address chooses; the first where there are not so many.
export function chosenPath() {
  const paths = currentPaths();
  return paths[state.path] ?? paths[0];
}

// The path shown now, as sets of things and links to make stand out; null when none is asked.
export function pathShown() {
  if (!state.from || !state.to) return null;
  const path = chosenPath() ?? [];
  return {
    nodes: new Set(path.flatMap((hop) => [hop.at, hop.far])),
    edges: new Set(path.flatMap((hop) => hop.links.map((edge) => edge.index))),
  };
}

// What is said aloud of the paths asked for; nothing when none is.
export function pathSaid() {
  if (!state.from || !state.to) return "";
  if (state.from === state.to) return t("samePath");
  const path = chosenPath();
  const ends = [state.from, state.to].map((id) => name(byId.get(id))).join(" – ");
  return `${ends}: ${path ? t("hops", { n: path.length }) : t("noPath")}`;
}
