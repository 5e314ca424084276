// What part of the network is in sight.
import { drawn } from "./data.js";
import { $ } from "./dom.js";
import { canvas, look } from "./look.js";

// A movement that has begun would go on while a sheet of figures is made.
const calm = () => canvas.still || matchMedia("(prefers-reduced-motion: reduce)").matches;

export function fitNetwork(animate = true) {
  fitTo([...look.shownNodes], 1.4, animate);
}

// Fit these things into the part of the canvas that no tool covers, with room for their names.
function fitTo(indices, most, animate = true) {
  if (!indices.length) return;
  const at = indices.map((index) => drawn.nodes[index]);
  const [left, right] = [Math.min(...at.map(({ x }) => x)), Math.max(...at.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...at.map(({ y }) => y)), Math.max(...at.map(({ y }) => y))];
  const { clientWidth: width, clientHeight: height } = $("canvas");
  const scale = Math.min(
    most,
    (width - Math.min(110, width / 6)) / Math.max(1, right - left),
    (height - Math.min(110, height / 6)) / Math.max(1, bottom - top),
  );
  const animation = animate && !calm() && { duration: 350, easingFunction: "easeInOutQuad" };
  canvas.network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.max(0.02, scale),
    offset: { x: 0, y: -Math.min(18, height / 24) },
    animation,
  });
  if (!animation) canvas.network.redraw(); // the library learns where marks are by leaving them out: the next drawing has them
}

// Bring what is selected into sight, with what it is linked to; the whole again when nothing is.
export function lookAtSelection(animate = true) {
  if (!look.ego?.size) return fitNetwork(animate);
  const lit = [...look.ego.keys()].filter((index) => look.shownNodes.has(index));
  fitTo(lit, 1.15, animate);
}

export function zoom(factor) {
  canvas.network.moveTo({
    scale: Math.min(6, Math.max(0.05, canvas.network.getScale() * factor)),
    animation: !calm() && { duration: 150 },
  });
}
