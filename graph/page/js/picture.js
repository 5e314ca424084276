// The view as a picture: SVG, and PNG of it.
import { groundPath, grounds } from "./communities.js";
import { curveOf, headOf, screen } from "./curves.js";
import { edges, kinds, nodes } from "./data.js";
import { $, SVG, fill, h, svg } from "./dom.js";
import { framed } from "./frame.js";
import { svgLabel } from "./labels.js";
import { canvas, edgeLook, emphasised, isFaded, look, nodeRadius } from "./look.js";
import { name } from "./names.js";
import { phaseAt } from "./phase.js";
import { DASH, SHAPES, markSvg } from "./shapes.js";
import { state } from "./state.js";

function networkSvg() {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  const at = canvas.network.getPositions([...look.shownNodes]);
  const strong = emphasised();
  return svg(
    "svg",
    { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, direction: "ltr" },
    svg("rect", { width, height, fill: look.colours.ground }),
    grounds().map(groundShape),
    [...look.shownEdges].map((index) => edgePath(edges[index], strong)),
    [...strong].filter((index) => look.shownEdges.has(index)).map(arrowHead),
    [...look.shownNodes].map((index) => nodePath(index, at[index])),
    [...look.written, ...look.labels].map((label) => fill(svgLabel(label), lettering(), [])),
  );
}

function groundShape({ hub, corners, width }) {
  const scale = canvas.network.getScale();
  const shape = (colour, line) => ({
    d: groundPath(corners.map(({ x, y }) => screen(x, y))),
    fill: colour,
    stroke: colour,
    "stroke-width": line.toFixed(1),
    "stroke-linejoin": "round",
  });
  const rim = svg("path", shape(look.colours["ground-rim"], width * scale + 1.5));
  const ground = shape(look.colours["ground-of"], width * scale);
  return svg("g", { class: "ground", "data-hub": nodes[hub].id }, rim, svg("path", ground));
}

const lettering = () => ({
  fill: look.colours.ink,
  stroke: look.colours.ground,
  "stroke-width": 3,
  "paint-order": "stroke",
  "stroke-linejoin": "round",
});

function nodePath(index, at) {
  const { x, y } = screen(at.x, at.y);
  const scale = canvas.network.getScale();
  const r = nodeRadius(index, scale) * scale;
  const kind = kinds[nodes[index].kind];
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r.toFixed(2)})`;
  const hole = kind.shape === "ring" && svg("path", { d: SHAPES.circle, transform, fill: look.colours.ground });
  const parts = markSvg(kind, phaseAt(index), look.colours.ground);
  for (const part of parts) {
    part.setAttribute("transform", transform + (part.hasAttribute("transform") ? ` ${part.getAttribute("transform")}` : ""));
    part.setAttribute("opacity", isFaded(index) ? 0.2 : 1);
    if (part.hasAttribute("stroke")) continue;
    part.setAttribute("stroke", look.colours.ground);
    part.setAttribute("stroke-width", 0.2);
  }
  parts[0].append(svg("title", {}, name(nodes[index])));
  return [hole, parts];
}

function arrowHead(index) {
  const head = headOf(index);
  const turn = ((head?.angle ?? 0) * 180) / Math.PI;
  const place = head && `translate(${head.x.toFixed(1)} ${head.y.toFixed(1)}) rotate(${turn.toFixed(1)})`;
  return head && svg("path", { class: "head", d: "M0 0L-9-4V4Z", transform: place, fill: look.colours["edge-strong"] });
}

function edgePath(edge, strong) {
  const { from, bend, to } = curveOf(edge.index);
  const look_ = edgeLook(edge, strong);
  return svg("path", {
    d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`,
    fill: "none",
    stroke: look_.color.color,
    "stroke-opacity": look_.color.opacity,
    "stroke-width": look_.width,
    "stroke-dasharray": DASH[edge.s] || null,
  });
}

// The map's drawing takes its colours from the style sheet: write them into the copy, which has none.
function mapSvg() {
  const copy = $("map-drawing").cloneNode(true);
  const from = [$("map-drawing"), ...$("map-drawing").querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  for (const [index, element] of from.entries()) {
    const style = getComputedStyle(element);
    for (const key of ["fill", "stroke", "stroke-width", "opacity", "paint-order"])
      to[index].setAttribute(key, style.getPropertyValue(key));
    for (const key of ["tabindex", "role", "class", "id"]) to[index].removeAttribute(key);
  }
  copy.setAttribute("xmlns", SVG);
  return copy;
}

export const drawing = () => (state.view === "map" && $("map-drawing") ? mapSvg() : networkSvg());
const viewSvg = () => framed(drawing());
export const svgText = () =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(viewSvg())}\n`;

export async function pngBlob() {
  const source = viewSvg();
  const [width, height] = [Number(source.getAttribute("width")), Number(source.getAttribute("height"))];
  const image = new Image();
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(source)], { type: "image/svg+xml" }));
  image.src = url;
  await image.decode();
  const board = h("canvas", { width: width * 2, height: height * 2 });
  board.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
  URL.revokeObjectURL(url);
  return new Promise((done) => board.toBlob(done, "image/png"));
}
