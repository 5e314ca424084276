// On paper: light colours, the picture as a whole with what it says of itself, and the evidence of the record open.
import { lookAtSelection } from "./camera.js";
import { claims, nodes, sources } from "./data.js";
import { $, bdi, h, isWeb, svg } from "./dom.js";
import { chart, mapSize } from "./chart.js";
import { creditItems, keyItems } from "./frame.js";
import { canvas, refreshColours } from "./look.js";
import { claimsOf } from "./model.js";
import { sentence, sourceName } from "./names.js";
import { renderMap } from "./map.js";
import { drawing } from "./picture.js";
import { renderRecord } from "./record.js";
import { isDark } from "./shapes.js";
import { glimpse, selection, state } from "./state.js";
import { showAllRows } from "./table.js";
import { stepState } from "./tours.js";
import { currentView } from "./view.js";
import { outdate, renderView } from "./views.js";
import { labelled, t } from "./words.js";

const paper = { before: null, tour: null };
const isDrawn = () => ["network", "map"].includes(state.view) && nodes.length > 0;
// A picture as wide as the paper at 72 % of its pixels, so that a name of 12.5 px has 7.5 points whatever the window.
const SHEET = { width: 850, whole: 760, beside: 560, step: 360 };

export function openForPrint() {
  if (paper.before) return;
  const drawn = isDrawn();
  paper.before = {
    dark: isDark(),
    scale: canvas.network.getScale(),
    position: canvas.network.getViewPosition(),
    map: { ...chart },
  };
  if (paper.before.dark) inColours("light");
  canvas.still = true;
  lay(SHEET.width, SHEET[paper.tour ? "step" : selection() ? "beside" : "whole"]);
  const told = (items) =>
    h("ul", { class: "row" }, items.map(({ mark, words }) => h("li", mark && sign(mark()), bdi(words))));
  const pictures = paper.tour ? figures(paper.tour) : drawn && [drawing(), told(keyItems())];
  $("main").prepend(h("section", { id: "sheet" }, h("h1", bdi(document.title)), pictures, told(creditItems())));
  if (selection() || (!drawn && !paper.tour)) $("main").append(sourceList());
  document.body.classList.toggle("figures", Boolean(paper.tour));
  document.body.classList.toggle("drawn", drawn);
  if (state.view === "table") showAllRows();
  for (const details of document.querySelectorAll("#record details:not(.turtle), #spots details")) {
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
  }
}

export function closeAfterPrint() {
  if (!paper.before) return;
  $("sheet").remove();
  $("sheet-sources")?.remove();
  document.body.classList.remove("drawn", "figures");
  paper.tour = null;
  const { dark, scale, position, map } = paper.before;
  paper.before = null;
  canvas.still = false;
  Object.assign(chart, map);
  lay();
  if (dark) inColours("dark");
  canvas.network.moveTo({ scale, position, animation: false });
}

// Where each source is found that what is printed rests on: on paper nobody follows a link.
function sourceList() {
  const { node, edge } = (!state.compare && selection()) || {};
  const behind = node ? claimsOf(node) : (edge?.c ?? currentView().claims);
  const entry = (source) => h("li", bdi(sourceName(source)), isWeb(source.url) && [": ", bdi(legible(source.url))]);
  const cited = new Set(behind.map((index) => sources[claims[index].src]));
  return h("section", { id: "sheet-sources" }, h("h2", t("sources")), h("ul", [...cited].map(entry)));
}

function legible(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function inColours(theme) {
  document.documentElement.dataset.theme = theme;
  refreshColours();
  outdate();
  renderRecord();
  renderView();
}

const sign = (mark) => svg("svg", { viewBox: "-12 -8 25 16", width: 25, height: 16 }, mark);

// Give the pictures a size in pixels, or again their place on the screen.
function lay(width, height) {
  const before = mapSize();
  for (const id of ["canvas", "map"])
    for (const [key, size] of Object.entries({ width, height })) $(id).style[key] = size ? `${size}px` : "";
  if (width && chart.centre) chart.scale *= Math.min(width / before.width, height / before.height);
  settle();
}

// The whole of the network, at rest; of the map what was in sight.
function settle() {
  if (!isDrawn()) return;
  if (state.view === "map") return renderMap();
  canvas.network.setSize();
  lookAtSelection(false);
  canvas.network.redraw();
}

// A tour on paper: each step a figure with its sentence and who says so.
export function printTour(tour) {
  paper.tour = tour;
  print();
}

function figures(tour) {
  const before = { ...state };
  const made = tour.steps.map((step, index) => {
    glimpse(stepState(tour, index + 1));
    settle();
    const says = step.c.map((each) =>
      h("li", bdi(sentence(claims[each])), " (", bdi(sourceName(sources[claims[each].src])), ")"),
    );
    const caption = h(
      "figcaption",
      h("p", `${index + 1}. `, bdi(...labelled(step.text))),
      h("ul", { class: "dim" }, says),
    );
    return h("figure", isDrawn() && drawing(), caption);
  });
  glimpse(before);
  return [h("h2", bdi(...labelled(tour.title))), made];
}
