// The network on its canvas: vis-network draws and moves what is given to it here.
import { lookAtSelection } from "./camera.js";
import { drawGrounds } from "./communities.js";
import { byId, data, drawn, edges, isPictured, kinds, nodes, pick, pictured } from "./data.js";
import { $, replace } from "./dom.js";
import { filtering, picked, visible } from "./filter.js";
import { canvas, edgeLook, emphasised, isFaded, isRinged, look, nodeRadius, refreshColours, rimOf } from "./look.js";
import { neighbourhood, ranked } from "./model.js";
import { drawNames } from "./overlay.js";
import { pathShown } from "./paths.js";
import { phaseAt } from "./phase.js";
import { RIM, outlines, partsOf } from "./shapes.js";
import { selection, state } from "./state.js";
import { t } from "./words.js";

const OVERVIEW_ABOVE = 2000;
const OVERVIEW_SIZE = 300;

export function buildNetwork() {
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
  canvas.network.on("beforeDrawing", drawGrounds);
  canvas.network.on("afterDrawing", drawNames);
}

// What is to be on the canvas: what passes the filters or is picked; of a large network, the most linked and what was unfolded.
function chooseShown() {
  const kept = visible();
  const base = state.fade ? { nodes: new Set(pictured.keys()), edges: new Set(edges.keys()) } : kept;
  look.faded =
    state.fade && filtering()
      ? new Set([...pictured.keys()].filter((index) => !kept.nodes.has(index)))
      : new Set();
  let shown = base.nodes;
  look.cut = base.nodes.size + base.edges.size > OVERVIEW_ABOVE;
  if (look.cut) {
    shown = new Set(ranked.filter((index) => base.nodes.has(index)).slice(0, OVERVIEW_SIZE));
    for (const index of [...(look.ego?.keys() ?? [])].slice(0, OVERVIEW_SIZE))
      if (base.nodes.has(index)) shown.add(index);
  }
  const shownNodes = new Set([...shown, ...picked().nodes].filter(isPictured));
  if (look.ego && ![...look.ego.keys()].some((index) => shownNodes.has(index))) look.ego = null; // it lies outside the picture
  const within = ({ f, t }) => shownNodes.has(f) && shownNodes.has(t);
  return { shownNodes, shownEdges: new Set([...base.edges].filter((index) => within(edges[index]))) };
}

export function renderNetwork({ refit = false } = {}) {
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
  replace("empty", t(pictured.length ? "noMatch" : nodes.length ? "unread" : "nothing"));
  $("overview").hidden = !look.cut;
  replace("overview", t("overview", { n: look.shownNodes.size, m: data.info.of ?? pictured.length }));
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

function drawParts(ctx, id) {
  const kind = kinds[nodes[id].kind];
  for (const { size, fill, stroke, dash } of partsOf(kind, phaseAt(id), look.colours.ground)) {
    ctx.save();
    ctx.scale(size, size);
    ctx.fillStyle = fill;
    ctx.fill(outlines[kind.shape]);
    ctx.lineWidth = RIM;
    ctx.setLineDash(dash ?? []);
    ctx.strokeStyle = stroke;
    if (stroke) ctx.stroke(outlines[kind.shape]);
    ctx.restore();
  }
}

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
      drawParts(ctx, id);
      ctx.restore();
    },
    nodeDimensions: { width: 2 * rimOf(id, r), height: 2 * rimOf(id, r) },
  };
}
