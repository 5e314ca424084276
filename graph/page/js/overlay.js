// What is written over the network at constant size: names of things, names of links, how many claims a link has.
import { showCard } from "./card.js";
import { hubs } from "./communities.js";
import { headOf, middleOf, screen } from "./curves.js";
import { data, edges } from "./data.js";
import { $ } from "./dom.js";
import { FONT, LABEL, drawText, grid, placeLabels, plain } from "./labels.js";
import { canvas, emphasised, isFaded, isRinged, look, nodeRadius, rimOf } from "./look.js";
import { rankOf, statusOf } from "./model.js";
import { propertyName, statusName } from "./names.js";
import { selection, state } from "./state.js";

const HEAD = 14;
const BESIDE = [0, -12, 12, -24, 24]; // how far over or under the middle of a link its name may stand
const SMALL = 0.6; // where marks are so near to one another that names of communities stand over them

function spotsOnScreen() {
  const scale = canvas.network.getScale();
  const at = canvas.network.getPositions([...look.shownNodes]);
  const path = state.from && state.to;
  return [...look.shownNodes].map((index) => {
    const point = screen(at[index].x, at[index].y);
    const chosen = isRinged(index);
    const near = look.ego?.has(index) ?? false;
    const faded = isFaded(index);
    const weight = (chosen ? 1e6 : 0) + (near ? 1e5 : 0) - (faded ? 1e5 : 0) + (hubs.has(index) ? 1e4 : 0) - rankOf.get(index);
    const r = nodeRadius(index, scale) * scale;
    return {
      index,
      ...point,
      r,
      reach: rimOf(index, r),
      weight,
      must: chosen || (path && near) || (index === data.info.focus && !look.ego),
      heads: scale < SMALL && !look.ego && hubs.has(index),
      strong: chosen || (path && near) || (!look.ego && hubs.has(index)),
      faded,
    };
  });
}

// What lies over the canvas, in its own measure: names keep clear of it.
function covers() {
  const { left, top } = $("canvas").getBoundingClientRect();
  return [...document.querySelectorAll("#stage > :not(.view) button, #overview")].map((each) => {
    const { x, y, width: w, height: h } = each.getBoundingClientRect();
    return { x: x - left, y: y - top, w, h };
  });
}

export function drawNames(ctx) {
  const box = { width: $("canvas").clientWidth, height: $("canvas").clientHeight };
  const ratio = ctx.canvas.width / box.width;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  look.spots = spotsOnScreen();
  const spots = look.spots.filter((spot) => !look.ego || !spot.faded);
  const heads = [...emphasised()].map(headOf).filter(Boolean);
  const around = ({ x, y }) => ({ x: x - HEAD / 2, y: y - HEAD / 2, w: HEAD, h: HEAD });
  look.labels = placeLabels(ctx, spots, box, [...heads.map(around), ...covers()]);
  drawEdgeNames(ctx, box, spots);
  for (const label of look.labels) drawText(ctx, label, look.colours);
  ctx.restore();
  const at = look.hover ?? look.cursor;
  const spot = look.spots.find(({ index }) => index === at);
  showCard(spot && { ...spot, r: spot.reach }, $("view-network"), look.labels.find(({ index }) => index === at));
  document.body.dataset.drawn = String(look.labels.length);
}

// Names of the links that stand out (or of all, when asked), where there is room; a count where there are several claims.
function drawEdgeNames(ctx, box, spots) {
  look.written = [];
  const strong = emphasised();
  const taken = grid();
  for (const label of look.labels) taken.take({ ...label, owner: "name" });
  for (const { x, y, r } of spots) taken.take({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, owner: "thing" });
  const wanted = look.names ? [...look.shownEdges].sort((a, b) => strong.has(b) - strong.has(a)) : [...strong];
  const font = `500 11px ${FONT}`;
  for (const index of wanted.slice(0, LABEL.most)) {
    const at = middleOf(index);
    if (!at || at.x < 0 || at.y < 0 || at.x > box.width || at.y > box.height) continue;
    const edge = edges[index];
    const status = statusOf(edge) === "stated" ? "" : ` (${statusName(statusOf(edge))})`;
    const count = edge.c.length > 1 ? ` ×${edge.c.length}` : "";
    const text = plain(propertyName(edge.p) + status) + count;
    ctx.font = font;
    const width = ctx.measureText(text).width;
    const places = BESIDE.map((by) => ({ x: at.x - width / 2, y: at.y - 8 + by, w: width, h: 16, owner: index }));
    const own = edge === selection()?.edge || index === look.edge;
    const spot = places.find(taken.free) ?? (own ? places[0] : null);
    if (!spot) continue;
    taken.take(spot);
    write(ctx, { ...spot, lines: [text], font, size: 11, kind: "link", faded: false });
  }
  if (!look.names && !look.ego) drawCounts(ctx, strong, taken);
}

// Write on a link, and remember it for the picture that is taken away.
function write(ctx, text) {
  look.written.push(text);
  drawText(ctx, text, { ...look.colours, ink: look.colours["edge-strong"] });
}

function drawCounts(ctx, strong, taken) {
  for (const index of look.shownEdges) {
    const edge = edges[index];
    if (edge.c.length < 2 || strong.has(index) || isFaded(edge.f) || isFaded(edge.t)) continue;
    const at = middleOf(index);
    const spot = at && { x: at.x - 6, y: at.y - 7, w: 12, h: 14, owner: index };
    if (!spot || !taken.free(spot)) continue;
    const lines = [String(edge.c.length)];
    write(ctx, { ...spot, lines, font: `600 10px ${FONT}`, size: 10, kind: "count", faded: false });
  }
}
