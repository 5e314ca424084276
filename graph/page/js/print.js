// On paper: light colours, the picture as a whole with what it says of itself, and the evidence of the record open.
import { lookAtSelection } from "./camera.js";
import { claims, nodes, sources } from "./data.js";
import { $, bdi, h, isWeb } from "./dom.js";
import { creditItems } from "./frame.js";
import { canvas, refreshColours } from "./look.js";
import { claimsOf } from "./model.js";
import { sentence, sourceName } from "./names.js";
import { viewSvg } from "./picture.js";
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

export function openForPrint() {
  if (paper.before) return;
  const drawn = isDrawn();
  paper.before = { dark: isDark(), scale: canvas.network.getScale(), position: canvas.network.getViewPosition() };
  if (paper.before.dark) inColours("light");
  settle();
  const credits = creditItems().map(({ words }) => h("li", bdi(words)));
  const plain_ = [h("h1", bdi(document.title)), h("ul", { class: "row" }, credits)];
  const shown = paper.tour ? [plain_, figures(paper.tour)] : drawn ? viewSvg() : plain_;
  $("main").prepend(h("section", { id: "sheet" }, shown));
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
  const { dark, scale, position } = paper.before;
  paper.before = null;
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

// The whole of the network, at rest.
function settle() {
  if (!isDrawn() || state.view !== "network") return;
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

// The drawing alone: what frames it, its title and its sources, is said once for all figures.
function drawing() {
  const bare = viewSvg().querySelector("svg");
  const [width, height] = ["width", "height"].map((key) => bare.getAttribute(key));
  bare.setAttribute("viewBox", `0 0 ${width} ${height}`);
  return bare;
}
