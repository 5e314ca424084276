// The map: a coastline, the places and what is there. No tiles, no borders.
import { showCard } from "./card.js";
import {
  anchors,
  backdrop,
  chart,
  clusters,
  fitMap,
  homeAnchors,
  listed,
  mapSize,
  mapSpots,
  project,
  thingsAt,
  toScreen,
} from "./chart.js";
import { byId, data, edges, isPictured, kinds, nodes, pictured } from "./data.js";
import { $, bdi, button, h, nothingHere, replace, svg } from "./dom.js";
import { matches, visible, whyEmpty } from "./filter.js";
import { placeLabels, svgLabel } from "./labels.js";
import { neighbourhood, rankOf, statusOf } from "./model.js";
import { kindName, name } from "./names.js";
import { pathShown } from "./paths.js";
import { phaseAt, phaseName } from "./phase.js";
import { DASH, icon, markSvg } from "./shapes.js";
import { selection, show, state } from "./state.js";
import { t } from "./words.js";

const measure = document.createElement("canvas").getContext("2d");

function mapMark(spot, ego) {
  const node = nodes[spot.index];
  const kind = kinds[node.kind];
  const chosen = state.select === node.id;
  const faded = (ego && isPictured(node.index) && !ego.has(node.index)) || (state.fade && !matches(node.values));
  const mark = svg(
    "g",
    {
      class: `mark${faded ? " faded" : ""}`,
      tabindex: isPictured(node.index) || chosen ? 0 : -1, // hundreds of stops would be in the way: search finds them
      role: "button",
      "aria-label": [name(node) + (spot.more ?? ""), kindName(kind), phaseName(node)].filter(Boolean).join(t("comma")),
      "aria-pressed": String(chosen),
      transform: `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`,
    },
    svg("title", {}, name(node)),
    svg("circle", { r: 12, class: "touch" }),
    chosen && svg("circle", { r: spot.r + 6, class: "chosen" }),
    svg("g", { transform: `scale(${spot.r})`, class: "shape" }, markSvg(kind, phaseAt(spot.index), "var(--panel)")),
  );
  mark.addEventListener("click", () => !chart.moved && show(node.id));
  const card = () => showCard({ ...spot, r: spot.r + 8 }, $("view-map"));
  mark.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && card());
  mark.addEventListener("focus", () => mark.matches(":focus-visible") && card());
  for (const end of ["pointerleave", "blur"]) mark.addEventListener(end, () => showCard(null));
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show(node.id);
  });
  return mark;
}

function mapName(label) {
  const written = svgLabel(label);
  written.addEventListener("click", () => !chart.moved && show(nodes[label.index].id));
  return written;
}

function coast() {
  const path = (ring) =>
    `M${ring
      .map(([lon, lat]) => toScreen(project(lon, lat)))
      .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
      .join("L")}Z`;
  return (data.coastline.land ?? []).map((ring) => svg("path", { d: path(ring), class: "land" }));
}

function mapLinks(spots) {
  const chosen = selection();
  const list = pathShown()
    ? [...pathShown().edges]
    : (chosen?.node?.links ?? (chosen?.edge ? [chosen.edge.index] : []));
  return list.flatMap((link) => {
    const [from, to] = [
      spots.find((spot) => spot.index === edges[link].f),
      spots.find((spot) => spot.index === edges[link].t),
    ];
    return from && to
      ? [
          svg("line", {
            x1: from.x,
            y1: from.y,
            x2: to.x,
            y2: to.y,
            class: `line ${statusOf(edges[link])}`,
            "stroke-dasharray": DASH[statusOf(edges[link])] ?? "",
          }),
        ]
      : [];
  });
}

export function renderMap() {
  if (!anchors.length) return replace("map", nothingHere("noMap"));
  if (!chart.centre) fitMap(homeAnchors());
  showCard(null);
  const focused = document.activeElement?.closest?.(".mark")?.getAttribute("aria-label");
  const kept = state.fade ? new Set(pictured.keys()) : visible().nodes;
  const { byPlace, lost } = thingsAt(kept);
  const groups = clusters(byPlace);
  const holders = groups.filter(({ anchor }) => !kept.has(anchor.node.index)).length;
  const empty = !groups.length && !lost.length && nothingHere(whyEmpty("nothing"));
  const list = $("unplaced");
  const [open, top] = [list?.open ?? !groups.length, list?.querySelector("ul")?.scrollTop ?? 0];
  replace("map", mapDrawing(groups), empty, mapNote(holders), lost.length > 0 && unplaced(lost, open));
  if (top) $("unplaced")?.querySelector("ul")?.scrollTo(0, top);
  if (focused) document.querySelector(`#map [aria-label="${CSS.escape(focused)}"]`)?.focus();
}

function mapDrawing(groups) {
  const { width, height } = mapSize();
  const [spots, behind] = [mapSpots(groups), backdrop()];
  const chosen = selection()?.node;
  const marked = state.marked.length ? new Set(state.marked.map((id) => byId.get(id).index)) : null;
  const ego = pathShown()?.nodes ?? (chosen ? new Set(neighbourhood(chosen.index, state.depth).keys()) : marked);
  const named_ = [...spots, ...behind].filter((spot) => !ego || spot.strong || ego.has(spot.index));
  const viewBox = `0 0 ${width} ${height}`;
  return svg(
    "svg",
    { width, height, viewBox, role: "group", "aria-label": t("map"), id: "map-drawing", direction: "ltr" },
    svg("rect", { width, height, class: "sea" }),
    coast(),
    behind.map((spot) => mapMark(spot, ego)),
    groups.map((c) => [
      svg("line", { x1: c.true_.x, y1: c.true_.y, x2: c.x, y2: c.y, class: "leader" }),
      svg("circle", { cx: c.true_.x, cy: c.true_.y, r: 2.5, class: "point" }),
      svg("circle", { cx: c.x, cy: c.y, r: c.r, class: "halo" }),
    ]),
    mapLinks([...spots, ...behind]),
    spots.map((spot) => mapMark(spot, ego)),
    placeLabels(measure, named_, { width, height }).map(mapName),
  );
}

// What has no point, to be picked from a list beside the map.
function unplaced(lost, open) {
  const sorted = [...lost].sort((a, b) => rankOf.get(a) - rankOf.get(b)).map((index) => nodes[index]);
  const pressed = (node) => ({ class: "quiet", "aria-pressed": String(state.select === node.id) });
  const entry = (node) =>
    h("li", button(() => show(node.id), pressed(node), icon(kinds[node.kind]), bdi(name(node))));
  const fillList = (box) => box.open && box.children.length < 2 && box.append(h("ul", sorted.map(entry)));
  const box = h("details", { id: "unplaced", open }, h("summary", t("unplaced", { n: lost.length })));
  box.addEventListener("toggle", () => fillList(box));
  fillList(box);
  return box;
}

// Which marks are none of the things that are counted, and where the coast comes from.
function mapNote(holders) {
  const { title } = data.coastline;
  const listedOnly = listed().length;
  const notes = [
    listedOnly > 0 && t("smallMarks", { n: listedOnly }),
    holders > 0 && t("holders", { n: holders }),
    title && t("mapNote", { x: `\u2068${title}\u2069` }),
  ].filter(Boolean);
  return notes.length > 0 && h("p", { class: "map-note" }, notes.flatMap((note, index) => (index ? [" · ", note] : [note])));
}
