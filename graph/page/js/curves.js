// Where a link runs on the canvas, in pixels.
import { edges } from "./data.js";
import { canvas, nodeRadius, rimOf } from "./look.js";

export function screen(x, y) {
  return canvas.network.canvasToDOM({ x, y });
}

export function middleOf(index) {
  const body = canvas.network.body.edges[index];
  if (!body?.connected) return null;
  const point = body.edgeType.getPoint?.(0.5) ?? { x: (body.from.x + body.to.x) / 2, y: (body.from.y + body.to.y) / 2 };
  return screen(point.x, point.y);
}

// Where the head of a link's arrow is, on the rim of the thing it leads to: {x, y, angle}.
export function headOf(index) {
  const line = curveOf(index);
  if (!line) return null;
  const { to } = line;
  const scale = canvas.network.getScale();
  const rim = rimOf(edges[index].t, nodeRadius(edges[index].t, scale)) * scale + 1;
  const at = (s) => pointOn(line, s);
  let s = 1;
  while (s > 0.5 && Math.hypot(at(s).x - to.x, at(s).y - to.y) < rim) s -= 0.005;
  const [tip, behind] = [at(s), at(s - 0.02)];
  return { ...tip, angle: Math.atan2(tip.y - behind.y, tip.x - behind.x) };
}

// A link as a curve of one bend, in pixels of the canvas.
export function curveOf(index) {
  const middle = middleOf(index);
  if (!middle) return null;
  const { from, to } = canvas.network.body.edges[index];
  const [a, b] = [screen(from.x, from.y), screen(to.x, to.y)];
  return { from: a, bend: { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 }, to: b };
}

// The point of such a curve at a part of it, from 0 to 1.
export function pointOn({ from, bend, to }, s) {
  return {
    x: (1 - s) ** 2 * from.x + 2 * s * (1 - s) * bend.x + s * s * to.x,
    y: (1 - s) ** 2 * from.y + 2 * s * (1 - s) * bend.y + s * s * to.y,
  };
}
