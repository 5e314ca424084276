// What the mouse or a finger is on: a name or a mark before any link, and a link only where it is drawn.
import { curveOf, pointOn } from "./curves.js";
import { edges, nodes } from "./data.js";
import { $ } from "./dom.js";
import { linesOf } from "./labels.js";
import { canvas, emphasised, hover, isFadedLink, look } from "./look.js";
import { letGo, show, state } from "./state.js";

const REACH = { mark: 8, link: 6 }; // pixels: the least radius of a mark as a target, the half width of a link
const PIECES = 12;
const NOTHING = { hover: null, edge: null };
let held = null; // where the name that is pointed at stood: it moves away from the ring that it then gets

// What is at a point of the canvas, as `look` keeps what is pointed at: {hover: a thing, edge: a link}, null for none.
// A mark beside the shorter line of a name is open to the finger: only letters come before it.
function hitAt(point) {
  const thing = nameAt(point, isOnLetters)?.index ?? markAt(point) ?? nameAt(point)?.index ?? null;
  if (thing !== null) return { hover: thing, edge: null };
  return { hover: null, edge: look.written.findLast((text) => isWithin(text, point))?.owner ?? linkAt(point) };
}

const isWithin = (box, { x, y }) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;

const isOnLetters = (label, point) => linesOf(label).some((line) => isWithin(line, point));

function nameAt(point, isHit = isWithin) {
  if (held && held.index === look.hover && isHit(held, point)) return held;
  return look.labels.findLast((label) => isHit(label, point));
}

function markAt({ x, y }) {
  const far = (spot) => Math.hypot(spot.x - x, spot.y - y);
  const near = look.spots.filter((spot) => far(spot) <= Math.max(spot.r, REACH.mark));
  return near.length ? near.reduce((a, b) => (far(b) < far(a) ? b : a)).index : null;
}

function linkAt(point) {
  const strong = emphasised();
  let [best, least] = [null, REACH.link];
  for (const index of look.shownEdges) {
    if (isFadedLink(edges[index], strong)) continue;
    const line = curveOf(index);
    const far = line ? distance(line, point) : least;
    if (far < least) [best, least] = [index, far];
  }
  return best;
}

// How far a point is from a link's curve, taken as so many straight pieces.
function distance(line, { x, y }) {
  let [least, a] = [Number.POSITIVE_INFINITY, line.from];
  for (let piece = 1; piece <= PIECES; piece += 1) {
    const b = pointOn(line, piece / PIECES);
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1);
    const s = Math.min(1, Math.max(0, along));
    least = Math.min(least, Math.hypot(a.x + s * dx - x, a.y + s * dy - y));
    a = b;
  }
  return least;
}

export function wirePointer() {
  canvas.network.on("click", ({ pointer }) => {
    const hit = hitAt(pointer.DOM);
    if (hit.hover !== null) show(nodes[hit.hover].id);
    else if (hit.edge !== null) show(edges[hit.edge].key);
    else if (state.select || state.from) letGo();
  });
  $("canvas").addEventListener("pointermove", (event) => {
    if (event.buttons || event.pointerType === "touch") return;
    const box = $("canvas").getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const before = nameAt(point) ?? null;
    pointAt(hitAt(point));
    held = before;
  });
  $("canvas").addEventListener("pointerleave", () => pointAt(NOTHING));
  // Else the click that follows a tap goes to what the record, just opened, has under the finger.
  $("canvas").addEventListener("touchend", (event) => event.cancelable && event.preventDefault(), { passive: false });
}

function pointAt(hit) {
  $("canvas").style.cursor = hit.hover !== null || hit.edge !== null ? "pointer" : "";
  if (hit.hover !== look.hover || hit.edge !== look.edge) hover(hit);
}
