// What is written over the network at constant size: names of things, names of links, how many claims a link has.
const HEAD = 14;

function screen(x, y) {
  return canvas.network.canvasToDOM({ x, y });
}

function spotsOnScreen() {
  const scale = canvas.network.getScale();
  const at = canvas.network.getPositions([...look.shownNodes]);
  const path = state.from && state.to;
  return [...look.shownNodes].map((index) => {
    const point = screen(at[index].x, at[index].y);
    const chosen = isRinged(index);
    const near = look.ego?.has(index) ?? false;
    const faded = isFaded(index);
    const weight = (chosen ? 1e6 : 0) + (near ? 1e5 : 0) - (faded ? 1e5 : 0) - rankOf.get(index);
    const r = nodeRadius(index, scale) * scale;
    return {
      index,
      ...point,
      r,
      reach: rimOf(index, r),
      weight,
      strong: chosen || (path && near) || (!look.ego && index === data.info.focus),
      faded,
    };
  });
}

function drawNames(ctx) {
  const box = { width: $("canvas").clientWidth, height: $("canvas").clientHeight };
  const ratio = ctx.canvas.width / box.width;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  look.spots = spotsOnScreen();
  const spots = look.spots.filter((spot) => !look.ego || !spot.faded);
  const heads = [...emphasised()].map(headOf).filter(Boolean);
  const around = ({ x, y }) => ({ x: x - HEAD / 2, y: y - HEAD / 2, w: HEAD, h: HEAD });
  look.labels = placeLabels(ctx, spots, box, heads.map(around));
  drawEdgeNames(ctx, box, spots);
  for (const label of look.labels) drawText(ctx, label, look.colours);
  ctx.restore();
  document.body.dataset.drawn = String(look.labels.length);
}

function middleOf(index) {
  const body = canvas.network.body.edges[index];
  if (!body?.connected) return null;
  const point = body.edgeType.getPoint?.(0.5) ?? { x: (body.from.x + body.to.x) / 2, y: (body.from.y + body.to.y) / 2 };
  return screen(point.x, point.y);
}

// Where the head of a link's arrow is, on the rim of the thing it leads to: {x, y, angle}.
function headOf(index) {
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
function curveOf(index) {
  const middle = middleOf(index);
  if (!middle) return null;
  const { from, to } = canvas.network.body.edges[index];
  const [a, b] = [screen(from.x, from.y), screen(to.x, to.y)];
  return { from: a, bend: { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 }, to: b };
}

// The point of such a curve at a part of it, from 0 to 1.
function pointOn({ from, bend, to }, s) {
  return {
    x: (1 - s) ** 2 * from.x + 2 * s * (1 - s) * bend.x + s * s * to.x,
    y: (1 - s) ** 2 * from.y + 2 * s * (1 - s) * bend.y + s * s * to.y,
  };
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
    const spot = { x: at.x - width / 2, y: at.y - 8, w: width, h: 16, owner: index };
    const own = edge === selection()?.edge || index === look.edge;
    if (!own && !taken.free(spot)) continue;
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

// Arrow keys go to the nearest thing that way; Enter selects it.
function moveCursor(key) {
  const at = canvas.network.getPositions([...look.shownNodes]);
  const here = look.cursor ?? selection()?.node?.index ?? ranked.find((index) => look.shownNodes.has(index));
  if (here === undefined) return;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let [best, least] = [here, Number.POSITIVE_INFINITY];
  for (const index of look.shownNodes) {
    const [x, y] = [at[index].x - at[here].x, at[index].y - at[here].y];
    const along = x * dx + y * dy;
    if (index === here || along <= 0) continue;
    const cost = along + 2.5 * Math.abs(x * dy - y * dx);
    if (cost < least) [best, least] = [index, cost];
  }
  hover({ cursor: look.cursor === null ? here : best });
  const point = screen(at[look.cursor].x, at[look.cursor].y);
  if (point.x < 40 || point.y < 40 || point.x > $("canvas").clientWidth - 40 || point.y > $("canvas").clientHeight - 40)
    canvas.network.moveTo({ position: at[look.cursor], animation: false });
  announce(
    `${name(nodes[look.cursor])}, ${kindName(kinds[nodes[look.cursor].kind])}, ${t("links_n", { n: nodes[look.cursor].links.length })}`,
  );
}

function canvasKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) moveCursor(event.key);
  else if (event.key === "Enter" || event.key === " ") look.cursor !== null && show(nodes[look.cursor].id);
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fitNetwork();
  else return;
  event.preventDefault();
}
