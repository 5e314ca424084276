// What stands out on the network and what keeps quiet; everything that draws on the canvas reads it here.
import { edges, nodes, within } from "./data.js";
import { pathShown } from "./paths.js";
import { DASH } from "./shapes.js";
import { selection, state } from "./state.js";

const RING = 1.95; // the outer rim of the ring round what is chosen, in radii
export const NOWHERE = { hover: null, edge: null, cursor: null };

export const look = {
  ...NOWHERE,
  names: false,
  shownNodes: new Set(),
  shownEdges: new Set(),
  ego: null,
  spots: [],
  labels: [],
  written: [],
  colours: {},
  faded: new Set(),
};

export const canvas = { network: null, nodes: null, edges: null, still: false };

export function refreshColours() {
  const style = getComputedStyle(document.documentElement);
  for (const key of ["ink", "ground", "ground-of", "ground-rim", "edge", "edge-strong", "accent"])
    look.colours[key] = style.getPropertyValue(`--${key}`).trim();
}

export function hover(change) {
  const before = emphasised();
  Object.assign(look, change);
  const after = emphasised();
  const touched = [...new Set([...before, ...after])].filter(
    (index) => before.has(index) !== after.has(index) && look.shownEdges.has(index),
  );
  canvas.edges.update(touched.map((index) => edgeLook(edges[index], after)));
  canvas.network.redraw();
}

// The links that are named and pointed: those of what is selected, hovered or walked through.
export function emphasised() {
  const path = pathShown();
  if (path) return path.edges;
  const chosen = selection();
  const strong = new Set();
  if (chosen?.edge) strong.add(chosen.edge.index);
  if (chosen?.node) for (const index of look.shownEdges) if (withinEgo(edges[index])) strong.add(index);
  const at = look.hover ?? look.cursor;
  if (at !== null) for (const link of nodes[at].links) if (look.shownEdges.has(link)) strong.add(link);
  if (look.edge !== null) strong.add(look.edge);
  return strong;
}

function withinEgo({ f, t, r }) {
  const steps = look.ego?.has(f) && look.ego.has(t) ? Math.min(look.ego.get(f), look.ego.get(t)) : state.depth;
  return steps < state.depth && (steps === 0 || !r);
}

export const isFadedLink = ({ index, f, t }, strong) =>
  !strong.has(index) && (look.faded.has(f) || look.faded.has(t) || look.ego !== null);

export function edgeLook(edge, strong = emphasised()) {
  const lit = strong.has(edge.index);
  const faded = isFadedLink(edge, strong);
  const colour = lit ? look.colours["edge-strong"] : look.colours.edge;
  return {
    id: edge.index,
    dashes: dashesOf(edge),
    color: { color: colour, highlight: colour, hover: colour, opacity: lit ? 1 : faded ? 0.16 : weightOf(edge) },
    width: lit ? 1.8 : 1.2,
    hoverWidth: 0,
    selectionWidth: 0,
    arrows: { to: { enabled: lit, scaleFactor: 0.5 } },
  };
}

// As the legend's sample, but in the canvas's own measure, of which about half a pixel is in sight.
const dashesOf = ({ s }) => (DASH[s] ? DASH[s].split(" ").map((part) => 1.6 * part) : false);

// What shows the structure is plain to see; what leads from one community to another, and what follows from that, is not.
const weightOf = (edge) => (edge.r ? 0.2 : within(edge) ? 1 : 0.5);

export function nodeRadius(index, scale) {
  const size = nodes[index].size / Math.max(1, scale) ** 0.5;
  return Math.max(size, 4 / scale);
}

export const isRinged = (index) => state.select === nodes[index].id || index === look.hover || index === look.cursor;

// How far a thing reaches with the ring round it: arrows and names begin outside.
export const rimOf = (index, r) => (isRinged(index) ? RING * r : r);

export const isFaded = (index) =>
  look.faded.has(index) || (look.ego !== null && !look.ego.has(index) && look.hover !== index);
