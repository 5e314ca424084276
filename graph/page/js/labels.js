// Names on the canvas, drawn by ourselves: always the same size, the important first, never one over another.
import { nodes } from "./data.js";
import { svg } from "./dom.js";
import { name } from "./names.js";

export const FONT = '"Noto Sans Arabic", "Noto Sans", system-ui, "Segoe UI", Tahoma, sans-serif';
export const LABEL = { size: 12.5, line: 16, shapes: [[132, 2], [96, 3], [220, 1]], gap: 8, own: 3, stranger: 7, most: 260 };
const BAD = 1000; // nearer to a stranger's mark than to its own
const WORST = 1e6; // over another name, or out of sight
export const measured = new Map();

const rightToLeft = (text) =>
  /^[^A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u2d30-\u2d7f]*[\u0590-\u08ff\ufb1d-\ufefc]/.test(text);

// Direction signs in a name could turn the text around it: the canvas shows names without them.
export const plain = (text) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");

function wrap(ctx, text, font, [most, rows]) {
  const key = `${font}|${most}|${text}`;
  if (measured.has(key)) return measured.get(key);
  ctx.font = font;
  const words = plain(text).split(/\s+/);
  const lines = [words.shift() ?? ""];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (ctx.measureText(longer).width <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length > rows) lines.splice(rows - 1, lines.length, `${lines[rows - 1]}…`);
  const widths = lines.map((line) => ctx.measureText(line).width);
  const size = { lines, widths, width: Math.max(...widths) + LABEL.gap, height: lines.length * LABEL.line };
  measured.set(key, size);
  return size;
}

// Where the letters of a name are: a box for each of its lines, of which the shorter leave room at both ends.
export const linesOf = ({ x, y, w, widths }) =>
  widths.map((width, row) => ({ x: x + (w - width) / 2, y: y + row * LABEL.line, w: width, h: LABEL.line }));

const linesIn = ({ x, y, w, text }) => linesOf({ x, y, w, widths: text.widths });

const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

// A grid of taken rectangles, so that asking costs the same however many names there are.
export function grid(cell = 64) {
  const cells = new Map();
  const over = (box) => {
    const keys = [];
    for (let x = Math.floor(box.x / cell); x <= Math.floor((box.x + box.w) / cell); x += 1) {
      for (let y = Math.floor(box.y / cell); y <= Math.floor((box.y + box.h) / cell); y += 1) keys.push(x * 100003 + y);
    }
    return keys;
  };
  const clash = (a, b) => a.owner !== b.owner && overlap(a, b);
  const clashing = (box) => new Set(over(box).flatMap((key) => (cells.get(key) ?? []).filter((taken) => clash(box, taken))));
  return {
    clashing,
    free: (box) => clashing(box).size === 0,
    take: (box) => {
      for (const key of over(box)) cells.has(key) ? cells.get(key).push(box) : cells.set(key, [box]);
    },
    leave: (box) => {
      for (const key of over(box)) cells.set(key, cells.get(key).filter((taken) => taken !== box));
    },
  };
}

// Where a name may stand, the best first: under its mark, over it, beside it, then ever more out of the middle.
function candidates(spot, { width, height }) {
  const gap = (spot.reach ?? spot.r) + LABEL.own;
  const [near, far] = [spot.x + gap - LABEL.gap / 2, spot.x - gap - width + LABEL.gap / 2];
  const [below, above] = [spot.y + gap, spot.y - gap - height];
  const middle = { x: spot.x - width / 2, y: spot.y - height / 2 };
  const beside = [0, -1, 1].flatMap((end) =>
    [near, far].map((x) => ({ x, y: middle.y + (end * (height - LABEL.line / 2)) / 2 })),
  );
  const under = [0, 1, -1, 2, -2].flatMap((side) =>
    [below, above].map((y) => ({ x: middle.x + (side * (width - LABEL.gap)) / 4, y })),
  );
  return [...under.slice(0, 2), ...beside.slice(0, 2), ...under.slice(2), ...beside.slice(2)];
}

// How far the letters of a name, of which shorter lines leave room, are from a mark.
function gap(box, spot) {
  const far = (line) =>
    Math.hypot(
      Math.max(line.x - spot.x, 0, spot.x - line.x - line.w),
      Math.max(line.y + 3 - spot.y, 0, spot.y - line.y - line.h + 2),
    );
  return Math.min(...linesIn(box).map(far)) - spot.r;
}

// The places that a name may take, the best first: boxes {x, y, w, h, owner, text}.
function placesOf(ctx, spot) {
  const font = `${spot.strong ? 700 : 500} ${spot.strong ? LABEL.size + 1 : LABEL.size}px ${FONT}`;
  const called = name(nodes[spot.index]) + (spot.more ?? "");
  const texts = LABEL.shapes.map((shape) => ({ ...wrap(ctx, called, font, shape), font }));
  return texts.flatMap((text) =>
    candidates(spot, text).map((at) => ({ ...at, w: text.width, h: text.height, owner: spot.index, text })),
  ).filter((box) => gap(box, spot) + spot.r <= (spot.reach ?? spot.r) + LABEL.stranger); // no stranger's may be as near
}

// The names placed so far, and what else is to be seen: the marks of `spots`, and boxes {x, y, w, h}.
function board(spots, bounds, others) {
  const [marks, names, placed] = [grid(), grid(), new Map()];
  for (const box of others) marks.take({ ...box, owner: "other" });
  for (const spot of spots) {
    const reach = spot.r + LABEL.stranger; // a name nearer to the mark than that would seem to be its name
    marks.take({ x: spot.x - reach, y: spot.y - reach, w: 2 * reach, h: 2 * reach, owner: spot.index, spot });
  }
  const inside = (box) => box.x > 2 && box.x + box.w < bounds.width - 2 && box.y > 0 && box.y + box.h < bounds.height;
  const put = (choice, box) => {
    if (choice.box) names.leave(choice.box);
    choice.box = box;
    names.take(box);
    placed.set(choice.spot.index, choice);
  };
  // Where a name finds all its places taken, one that stands in its way gives way if it has another place.
  const cleared = ({ boxes }) => boxes.find((box) => {
    const [first, more] = names.clashing(box);
    if (more) return false;
    const other = placed.get(first.owner);
    const elsewhere = other.boxes.find((each) => names.free(each) && !overlap(each, box));
    if (elsewhere) put(other, elsewhere);
    return elsewhere;
  });
  return {
    placed,
    put,
    clear: (box) => inside(box) && linesIn(box).every((line) => marks.free({ ...line, owner: box.owner })),
    cost: (box, own) => {
      const strangers = [...marks.clashing(box)];
      const estranged = strangers.some(({ spot }) => spot && gap(box, spot) < gap(box, own));
      return strangers.length + (estranged ? BAD : 0) + (inside(box) && names.free(box) ? 0 : WORST);
    },
    place: (choice) => choice.boxes.find(names.free) ?? cleared(choice),
  };
}

// Place names for spots [{index, x, y, r, weight}], best weight first: [{text lines, x, y, ...}] that do not collide
// with one another, nor with what else is to be seen there: boxes {x, y, w, h}.
export function placeLabels(ctx, spots, bounds, others = []) {
  const { placed, put, clear, cost, place } = board(spots, bounds, others);
  for (const spot of [...spots].sort((a, b) => b.weight - a.weight)) {
    if (placed.size >= LABEL.most) break;
    if (spot.x < -60 || spot.y < -30 || spot.x > bounds.width + 60 || spot.y > bounds.height + 30) continue;
    const all = placesOf(ctx, spot);
    const choice = { spot, boxes: all.filter(clear) };
    const least = () => all.reduce((a, b) => (cost(b, spot) < cost(a, spot) ? b : a));
    const box = place(choice) ?? (spot.must || spot.heads ? least() : null);
    if (box && (spot.must || cost(box, spot) < BAD)) put(choice, box);
  }
  return [...placed.values()].map(({ spot: { index, strong, faded }, box: { text, ...where } }) => {
    const { lines, widths, font } = text;
    return { ...where, index, lines, widths, font, strong, faded };
  });
}

// A line follows its first letter; one that begins with a sign or a digit follows the name's first line.
function lineDirection(line, lines) {
  return rightToLeft(line) || (rightToLeft(lines[0]) && !/[A-Za-z]/.test(line[0])) ? "rtl" : "ltr";
}

export function drawText(ctx, label, colours) {
  ctx.font = label.font;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 4;
  ctx.strokeStyle = colours.ground;
  ctx.fillStyle = colours.ink;
  ctx.globalAlpha = label.faded ? 0.35 : 1;
  for (const [row, line] of label.lines.entries()) {
    const [x, y] = [label.x + label.w / 2, label.y + (row + 0.5) * LABEL.line];
    ctx.direction = lineDirection(line, label.lines);
    ctx.strokeText(line, x, y);
    ctx.fillText(line, x, y);
  }
  ctx.globalAlpha = 1;
}

// Each line is a text of its own: the direction of a part of a text is not heeded.
export function svgLabel(label) {
  const style = {
    "text-anchor": "middle",
    "font-family": FONT,
    "font-size": label.size ?? (label.strong ? LABEL.size + 1 : LABEL.size),
    "font-weight": label.strong ? 700 : 500,
    class: label.kind ?? "name",
    "aria-hidden": "true",
  };
  const x = (label.x + label.w / 2).toFixed(1);
  const line = (text, row) => {
    const y = (label.y + (row + 0.78) * LABEL.line).toFixed(1);
    return svg("text", { x, y, direction: lineDirection(text, label.lines) }, text);
  };
  return svg("g", style, label.lines.map(line));
}
