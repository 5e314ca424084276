// What a picture says of itself wherever it is taken: its title, the kinds and lines it shows, its sources and licence.
import { claims, data, edges, kinds, nodes, sources } from "./data.js";
import { SVG, fill, svg } from "./dom.js";
import { FONT } from "./labels.js";
import { look } from "./look.js";
import { statusOf } from "./model.js";
import { kindName, sourceName, statusName } from "./names.js";
import { phaseAt } from "./phase.js";
import { DASH, SHAPES, colourOf, markSvg } from "./shapes.js";
import { address, seenAt, state } from "./state.js";
import { currentView } from "./view.js";
import { bare, date, isRightToLeft, t } from "./words.js";

const FRAME = { side: 16, line: 22, text: 12, title: 17 };
const board = document.createElement("canvas").getContext("2d");

function widthOf(text, size, weight = 400) {
  board.font = `${weight} ${size}px ${FONT}`;
  return board.measureText(text).width;
}

// Put the frame round a drawing {svg element of so many pixels}; the drawing keeps its own coordinates.
export function framed(drawing) {
  const [width, height] = ["width", "height"].map((key) => Number(drawing.getAttribute(key)));
  const below = flow([...keyItems(), ...creditItems()].flatMap((each) => broken(each, width - 2 * FRAME.side)), width);
  const top = 2 * FRAME.line;
  const whole = top + height + (below.rows + 1) * FRAME.line;
  const rtl = isRightToLeft();
  const text = (x, y, size, weight, words) =>
    svg(
      "text",
      { x, y, "text-anchor": "middle", direction: rtl ? "rtl" : "ltr", "font-size": size, "font-weight": weight },
      words,
    );
  const item = ({ x, row, mark, words, w }) => {
    const [left, y] = [rtl ? width - x - w : x, height + (row + 1) * FRAME.line];
    const own = mark ? 24 : 0;
    return [
      mark && fill(mark(), { transform: `translate(${(rtl ? left + w - 9 : left + 9).toFixed(1)} ${y - 4})` }, []),
      text((left + (rtl ? 0 : own) + (w - own) / 2).toFixed(1), y, FRAME.text, 400, words),
    ];
  };
  const style = { class: "frame", fill: look.colours.ink, "font-family": FONT };
  const shown = { xmlns: SVG, width, height: whole, viewBox: `0 ${-top} ${width} ${whole}` };
  const ground = svg("rect", { y: -top, width, height: whole, fill: look.colours.ground });
  const title = text(width / 2, -FRAME.line / 2, FRAME.title, 700, document.title);
  drawing.setAttribute("overflow", "hidden");
  return svg("svg", shown, ground, drawing, svg("g", style, title, below.items.map(item)));
}

// What has no room in a row, as a long address has none, goes on in the next.
function broken(item, room) {
  const { words } = item;
  const whole = widthOf(words, FRAME.text);
  if (item.mark || whole <= room) return [item];
  const fits = Math.max(2, Math.floor((words.length * room * 0.9) / whole));
  const rest = words[0] === ISOLATE ? ISOLATE + words.slice(fits) : words.slice(fits);
  return [{ ...item, words: words.slice(0, fits) }, ...broken({ ...item, words: rest, first: true }, room)];
}

// Items one after the other in rows: {items: [{x, row, w, ...}], rows}.
function flow(items, width) {
  const placed = [];
  let [x, row] = [FRAME.side, 0];
  for (const item of items) {
    const w = Math.min(width - 2 * FRAME.side, widthOf(item.words, FRAME.text) + (item.mark ? 24 : 0) + 2);
    if (x > FRAME.side && (item.first || x + w > width - FRAME.side)) [x, row] = [FRAME.side, row + 1];
    placed.push({ ...item, x, row, w });
    x += w + FRAME.side;
  }
  return { items: placed, rows: row + 1 };
}

export function keyItems() {
  const used = new Set(currentView().nodes.map((index) => kinds[nodes[index].kind]));
  const shape = (kind) => () =>
    svg("g", {}, svg("path", { d: SHAPES[kind.shape], fill: colourOf(kind), transform: "scale(6)" }));
  const inPhase = (status) => nodes.find(({ index }) => look.shownNodes.has(index) && phaseAt(index) === status);
  const line = (status) => () => {
    const path = svg("path", {
      d: inPhase(status) ? "M-11 0H0" : "M-9 0H9",
      stroke: look.colours["edge-strong"],
      "stroke-width": 1.6,
      "stroke-dasharray": DASH[status] || null,
      "stroke-opacity": status === "inferred" ? 0.4 : 1,
    });
    const mark = inPhase(status) && markSvg(kinds[inPhase(status).kind], status, look.colours.ground);
    return svg("g", {}, path, mark && svg("g", { transform: "translate(7 0) scale(5)" }, mark));
  };
  const phases = ["planned", "ongoing"].filter(inPhase);
  const statuses = new Set([...phases, ...[...look.shownEdges].map((index) => statusOf(edges[index]))]);
  return [
    ...kinds.filter((kind) => used.has(kind)).map((kind) => ({ words: kindName(kind), mark: shape(kind) })),
    ...(state.view === "network" ? [...statuses].sort() : []).map((each) => ({
      words: statusName(each),
      mark: line(each),
    })),
  ];
}

// An address reads from left to right, also within an Arabic line.
const ISOLATE = "\u2066";
const leftToRight = (text) => `${ISOLATE}${text}\u2069`;

export function creditItems() {
  const cited = new Set(currentView().claims.map((index) => sources[claims[index].src]));
  const { version, issued, licence, base } = data.info;
  return [
    ...[...cited].map((source, index) => ({
      words: `${index ? "" : `${t("sources")}${t("colon")}`}${sourceName(source)}`,
      first: !index,
    })),
    { words: [`${t("version")} ${version}`, issued && date(issued)].filter(Boolean).join(" · "), first: true },
    { words: `${t("licence")}${t("colon")}${leftToRight(bare(licence ?? ""))}` },
    { words: leftToRight(base) },
    { words: leftToRight(seenAt()[0] ?? address()), first: true },
  ];
}
