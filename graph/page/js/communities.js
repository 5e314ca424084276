// The communities of the network: who belongs together, what it turns round, and the ground that is drawn under it.
import { nodes, pictured } from "./data.js";
import { group } from "./group.js";
import { canvas, look } from "./look.js";
import { byLinks } from "./model.js";

const LEAST = 3; // fewer are seen to belong together without a ground
const ROOM = 20; // from the middle of a mark to the rim of the ground, beside the mark's own size

export const communities = [...group(pictured, (node) => node.group).values()]
  .filter((members) => members.length >= LEAST)
  .map((members) => members.map((node) => node.index).sort(byLinks))
  .map((members) => ({ members, hub: members[0] }))
  .sort((a, b) => b.members.length - a.members.length);
export const hubs = new Set(communities.map(({ hub }) => hub));

// The grounds of what is shown: the corners of each, around which a line of this width, with round joins, is drawn.
export function grounds() {
  const shown = communities.map(({ hub, members }) => ({ hub, members: members.filter((index) => isOn(index)) }));
  return shown
    .filter(({ members }) => members.length >= LEAST)
    .map(({ hub, members }) => ({ hub, width: 2 * ROOM, corners: outline(members) }));
}

const isOn = (index) => look.shownNodes.has(index) && !look.faded.has(index) && canvas.network.body.nodes[index];

// The convex hull (Andrew's monotone chain) of the marks, each taken as an octagon round its middle.
function outline(members) {
  const at = canvas.network.getPositions(members);
  const points = members.flatMap((index) =>
    Array.from({ length: 8 }, (_, turn) => {
      const [angle, r] = [(turn * Math.PI) / 4, nodes[index].size];
      return { x: at[index].x + r * Math.cos(angle), y: at[index].y + r * Math.sin(angle) };
    }),
  );
  points.sort((a, b) => a.x - b.x || a.y - b.y);
  return [...chain(points), ...chain(points.reverse())];
}

function chain(points) {
  const kept = [];
  for (const point of points) {
    while (kept.length > 1 && !turnsLeft(kept.at(-2), kept.at(-1), point)) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

const turnsLeft = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;

export function drawGrounds(ctx) {
  ctx.save();
  ctx.lineJoin = "round";
  for (const { corners, width } of grounds()) {
    const path = new Path2D(groundPath(corners));
    const rim = 1.5 / canvas.network.getScale();
    for (const [colour, line] of [
      [look.colours["ground-rim"], width + rim],
      [look.colours["ground-of"], width],
    ]) {
      ctx.lineWidth = line;
      ctx.strokeStyle = ctx.fillStyle = colour;
      ctx.stroke(path);
      ctx.fill(path);
    }
  }
  ctx.restore();
}

export const groundPath = (corners) => `M${corners.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;
