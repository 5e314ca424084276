// One outline per kind, within a circle of radius 1: the canvas, the legend, the map and the exports all draw these.
import { svg } from "./dom.js";

export const SHAPES = {
  circle: "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z",
  square: "M-.84-.84H.84V.84H-.84Z",
  diamond: "M0-1.1L1.1 0L0 1.1L-1.1 0Z",
  triangle: "M0-1.1L1.05.8H-1.05Z",
  chevron: "M-1-.95L0-.4L1-.95V.2L0 1.05L-1 .2Z",
  star: "M0-1.2L.35-.42L1.18-.36L.54.18L.74 1L0 .55L-.74 1L-.54.18L-1.18-.36L-.35-.42Z",
  shield: "M-.95-.95H.95V.1C.95.75.3 1 0 1.15C-.3 1-.95.75-.95.1Z",
  hexagon: "M-1.05 0L-.52-.92H.52L1.05 0L.52.92H-.52Z",
  pentagon: "M0-1.1L1.05-.34L.65.9H-.65L-1.05-.34Z",
  pin: "M0 1.2C-.3.65-.95.25-.95-.3A.95.95 0 1 1 .95-.3C.95.25.3.65 0 1.2Z",
  cross: "M-.38-1.05H.38V-.38H1.05V.38H.38V1.05H-.38V.38H-1.05V-.38H-.38Z",
  ring: "M1.05 0A1.05 1.05 0 1 1-1.05 0A1.05 1.05 0 1 1 1.05 0ZM-.5 0A.5.5 0 1 0 .5 0A.5.5 0 1 0-.5 0Z",
  bar: "M-1.15-.55H1.15V.55H-1.15Z",
  bow: "M-1.1-.9L0-.25L1.1-.9V.9L0 .25L-1.1 .9Z",
  stack: "M-1-1H1V-.2H-1ZM-1 .2H1V1H-1Z",
  dome: "M-1.1.6A1.1 1.1 0 0 1 1.1.6Z",
};

export const outlines = Object.fromEntries(Object.entries(SHAPES).map(([key, path]) => [key, new Path2D(path)]));
export const isDark = () => document.documentElement.dataset.theme === "dark";
export const colourOf = (kind) => kind.colour[isDark() ? 1 : 0];

// The parts of a mark, one over the other, on this ground: what stands is whole, what is planned an outline of dashes, and
// what is under way an outline with a core.
export function partsOf(kind, phase, ground) {
  const whole = { size: 1, fill: colourOf(kind) };
  if (!phase) return [whole];
  const rim = { size: 0.86, fill: ground, stroke: whole.fill, dash: phase === "planned" ? [0.5, 0.3] : [] };
  return phase === "planned" ? [rim] : [rim, { ...whole, size: 0.48 }];
}

export const RIM = 0.28; // how wide such an outline is, in radii

export function markSvg(kind, phase, ground) {
  const part = ({ size, fill, stroke, dash }) =>
    svg("path", {
      d: SHAPES[kind.shape],
      transform: size === 1 ? null : `scale(${size})`,
      fill,
      stroke,
      "stroke-width": stroke && RIM,
      "stroke-dasharray": dash?.join(" ") || null,
    });
  return partsOf(kind, phase, ground).map(part);
}

export function icon(kind, size = 14, phase = "") {
  const path = markSvg(kind, phase, "var(--panel)");
  return svg(
    "svg",
    { viewBox: "-1.4 -1.4 2.8 2.8", width: size, height: size, "aria-hidden": "true", class: "icon" },
    path,
  );
}

// How an edge of this status is drawn: the legend's sample and the network's line agree.
const PAST = "7 2.5 1.5 2.5";
export const DASH = { planned: "5 3", discussed: "1.5 3", over: PAST, withdrawn: PAST, outweighed: PAST, upcoming: "5 3", ongoing: "12 4", inferred: "1 2.5" };

// A mark of what can be in such a state stands at its end.
export function statusLine(status, kind) {
  const line = svg("line", {
    x1: 1,
    x2: kind ? 21 : 35,
    y1: 7,
    y2: 7,
    "stroke-dasharray": DASH[status] ?? "",
    class: `line ${status}`,
  });
  const phase = status === "stated" ? "" : status;
  const mark = kind && svg("g", { transform: "translate(29 7) scale(6)" }, markSvg(kind, phase, "var(--panel)"));
  return svg("svg", { width: 36, height: 14, "aria-hidden": "true" }, line, mark);
}
