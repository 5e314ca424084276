// The network on its canvas: vis-network draws and moves, this file says what stands out and what keeps quiet.
const OVERVIEW_ABOVE = 2000;
const OVERVIEW_SIZE = 300;
const RING = 1.95; // the outer rim of the ring round what is chosen, in radii
const NOWHERE = { hover: null, edge: null, cursor: null };
const look = {
  ...NOWHERE,
  names: false,
  shownNodes: new Set(),
  shownEdges: new Set(),
  ego: null,
  spots: [],
  labels: [],
  written: [],
  colours: {},
  faded: new Set(),
};
const canvas = { network: null, nodes: null, edges: null };
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function buildNetwork() {
  canvas.nodes = new vis.DataSet([]);
  canvas.edges = new vis.DataSet([]);
  const options = {
    ...drawn.options,
    autoResize: true,
    nodes: { shape: "custom", ctxRenderer: renderNode, chosen: false },
    edges: { chosen: false, arrows: { to: { enabled: false, scaleFactor: 0.5 } }, selfReference: { size: 16 } },
  };
  options.interaction = {
    hover: false, // what is pointed at and picked is for pointer.js to say
    selectable: false,
    keyboard: false,
    tooltipDelay: 1e9,
    hideEdgesOnDrag: edges.length > 4000,
  };
  refreshColours();
  canvas.network = new vis.Network($("canvas"), { nodes: canvas.nodes, edges: canvas.edges }, options);
  for (const focusable of $("canvas").querySelectorAll("[tabindex]")) focusable.removeAttribute("tabindex");
  canvas.network.on("afterDrawing", drawNames);
}

function refreshColours() {
  const style = getComputedStyle(document.documentElement);
  for (const key of ["ink", "ground", "edge", "edge-strong", "accent"])
    look.colours[key] = style.getPropertyValue(`--${key}`).trim();
}

function hover(change) {
  const before = emphasised();
  Object.assign(look, change);
  const after = emphasised();
  const touched = [...new Set([...before, ...after])].filter(
    (index) => before.has(index) !== after.has(index) && look.shownEdges.has(index),
  );
  canvas.edges.update(touched.map((index) => edgeLook(edges[index], after)));
  canvas.network.redraw();
}

// The links that are named and pointed: those of what is selected, hovered or walked through.
function emphasised() {
  const path = pathShown();
  if (path) return path.edges;
  const chosen = selection();
  const strong = new Set();
  if (chosen?.edge) strong.add(chosen.edge.index);
  if (chosen?.node) for (const index of look.shownEdges) if (withinEgo(edges[index])) strong.add(index);
  const at = look.hover ?? look.cursor;
  if (at !== null) for (const link of nodes[at].links) if (look.shownEdges.has(link)) strong.add(link);
  if (look.edge !== null) strong.add(look.edge);
  return strong;
}

function withinEgo({ f, t, r }) {
  const steps = look.ego?.has(f) && look.ego.has(t) ? Math.min(look.ego.get(f), look.ego.get(t)) : state.depth;
  return steps < state.depth && (steps === 0 || !r);
}

const isFadedLink = ({ index, f, t }, strong) =>
  !strong.has(index) && (look.faded.has(f) || look.faded.has(t) || look.ego !== null);

function edgeLook(edge, strong = emphasised()) {
  const lit = strong.has(edge.index);
  const faded = isFadedLink(edge, strong);
  const colour = lit ? look.colours["edge-strong"] : look.colours.edge;
  return {
    id: edge.index,
    color: { color: colour, highlight: colour, hover: colour, opacity: lit ? 1 : faded ? 0.16 : edge.r ? 0.22 : 0.85 },
    width: lit ? 1.8 : 0.9,
    hoverWidth: 0,
    selectionWidth: 0,
    arrows: { to: { enabled: lit, scaleFactor: 0.5 } },
  };
}

// What is to be on the canvas: what passes the filters; of a large network, the most linked and what was unfolded.
function chooseShown() {
  const kept = matching();
  const base = state.fade ? { nodes: new Set(nodes.keys()), edges: new Set(edges.keys()) } : kept;
  look.faded =
    state.fade && filtering()
      ? new Set(nodes.map((node) => node.index).filter((index) => !kept.nodes.has(index)))
      : new Set();
  let shown = base.nodes;
  look.cut = base.nodes.size + base.edges.size > OVERVIEW_ABOVE;
  if (look.cut) {
    shown = new Set(ranked.filter((index) => base.nodes.has(index)).slice(0, OVERVIEW_SIZE));
    for (const index of [...(look.ego?.keys() ?? [])].slice(0, OVERVIEW_SIZE))
      if (base.nodes.has(index)) shown.add(index);
  }
  const path = pathShown();
  const chosen = selection();
  for (const index of [
    ...(path?.nodes ?? []),
    ...(chosen?.node ? [chosen.node.index] : []),
    ...(chosen?.edge ? [chosen.edge.f, chosen.edge.t] : []),
  ])
    shown = new Set(shown).add(index);
  const links = [...base.edges, ...(path?.edges ?? []), ...(chosen?.edge ? [chosen.edge.index] : [])];
  return {
    shownNodes: shown,
    shownEdges: new Set(links.filter((index) => shown.has(edges[index].f) && shown.has(edges[index].t))),
  };
}

function renderNetwork({ refit = false } = {}) {
  const chosen = selection();
  const path = pathShown();
  look.ego =
    state.marked.length && !chosen
      ? new Map(state.marked.map((id) => [byId.get(id).index, 0]))
      : path
        ? new Map([...path.nodes].map((index) => [index, 0]))
        : chosen?.node
          ? neighbourhood(chosen.node.index, state.depth)
          : chosen?.edge
            ? new Map([
                [chosen.edge.f, 0],
                [chosen.edge.t, 0],
              ])
            : null;
  applyDifference(chooseShown());
  $("empty").hidden = look.shownNodes.size > 0;
  $("empty").textContent = nodes.length ? t("noMatch") : t("nothing");
  $("overview").hidden = !look.cut;
  $("overview").textContent = t("overview", { n: look.shownNodes.size, m: nodes.length });
  if (refit) lookAtSelection(false);
  else canvas.network.redraw();
}

// Make the canvas show this instead. The library draws at every step, and lets go of links whose ends are missing: what
// comes is added first and what goes is removed last, so that all that `look` names is there whenever it draws.
function applyDifference(next) {
  const things = difference(canvas.nodes, next.shownNodes);
  const links = difference(canvas.edges, next.shownEdges);
  canvas.nodes.add(things.come.map((index) => pick(drawn.nodes[index], "id", "x", "y")));
  Object.assign(look, next);
  for (const key of ["hover", "cursor"]) if (!look.shownNodes.has(look[key])) look[key] = null;
  if (!look.shownEdges.has(look.edge)) look.edge = null;
  const strong = emphasised();
  canvas.edges.add(links.come.map((index) => ({ ...drawn.edges[index], ...edgeLook(edges[index], strong) })));
  canvas.edges.update(links.stay.map((index) => edgeLook(edges[index], strong)));
  canvas.network.unselectAll(); // the library holds on to what was dragged
  canvas.edges.remove(links.gone);
  canvas.nodes.remove(things.gone);
}

function difference(set, wanted) {
  const have = new Set(set.getIds());
  const [come, stay] = [false, true].map((here) => [...wanted].filter((id) => have.has(id) === here));
  return { come, stay, gone: [...have].filter((id) => !wanted.has(id)) };
}

function fitNetwork(animate = true) {
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
    (width - Math.min(140, width / 4)) / Math.max(1, right - left),
    (height - 150) / Math.max(1, bottom - top),
  );
  const animation = animate && !calm() && { duration: 350, easingFunction: "easeInOutQuad" };
  canvas.network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.max(0.02, scale),
    offset: { x: 0, y: -18 },
    animation,
  });
}

// Bring what is selected into sight, with what it is linked to; the whole again when nothing is.
function lookAtSelection(animate = true) {
  if (!look.ego?.size) return fitNetwork(animate);
  const chosen = selection()?.node;
  const near = chosen ? neighbourhood(chosen.index, state.depth, isTold) : look.ego;
  const around = [...near.keys()].filter((index) => look.shownNodes.has(index));
  fitTo(around.slice(0, 60), 1.15, animate);
}

function zoom(factor) {
  canvas.network.moveTo({
    scale: Math.min(6, Math.max(0.05, canvas.network.getScale() * factor)),
    animation: !calm() && { duration: 150 },
  });
}

function nodeRadius(index, scale) {
  const size = nodes[index].size / Math.max(1, scale) ** 0.5;
  return Math.max(size, 4 / scale);
}

const isRinged = (index) => state.select === nodes[index].id || index === look.hover || index === look.cursor;

// How far a thing reaches with the ring round it: arrows and names begin outside.
const rimOf = (index, r) => (isRinged(index) ? RING * r : r);
const isFaded = (index) => look.faded.has(index) || (look.ego !== null && !look.ego.has(index) && look.hover !== index);

function renderNode({ ctx, id, x, y }) {
  const r = nodeRadius(id, canvas.network.getScale());
  return {
    drawNode() {
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(r, r);
      ctx.globalAlpha = isFaded(id) ? 0.18 : 1;
      const chosen = state.select === nodes[id].id;
      if (isRinged(id)) {
        ctx.beginPath();
        ctx.arc(0, 0, 1.75, 0, 2 * Math.PI);
        ctx.lineWidth = chosen ? 0.32 : 0.2;
        ctx.strokeStyle = look.colours.accent;
        ctx.stroke();
      }
      ctx.lineWidth = 0.42;
      ctx.strokeStyle = look.colours.ground;
      ctx.stroke(outlines[kinds[nodes[id].kind].shape]);
      if (kinds[nodes[id].kind].shape === "ring") {
        ctx.fillStyle = look.colours.ground;
        ctx.fill(outlines.circle);
      }
      ctx.fillStyle = colourOf(kinds[nodes[id].kind]);
      ctx.fill(outlines[kinds[nodes[id].kind].shape]);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * rimOf(id, r), height: 2 * rimOf(id, r) },
  };
}
