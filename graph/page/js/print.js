// On paper: light colours, the picture as a whole with what it says of itself, and the evidence of the record open.
import { lookAtSelection } from "./camera.js";
import { nodes } from "./data.js";
import { $, bdi, h } from "./dom.js";
import { creditItems } from "./frame.js";
import { canvas, refreshColours } from "./look.js";
import { viewSvg } from "./picture.js";
import { renderRecord } from "./record.js";
import { isDark } from "./shapes.js";
import { state } from "./state.js";
import { outdate, renderView } from "./views.js";
import { date } from "./words.js";

const paper = { before: null };

export function openForPrint() {
  if (paper.before) return;
  const drawing = ["network", "map"].includes(state.view) && nodes.length > 0;
  paper.before = { dark: isDark(), scale: canvas.network.getScale(), position: canvas.network.getViewPosition() };
  if (paper.before.dark) inColours("light");
  if (drawing && state.view === "network") {
    lookAtSelection(false);
    canvas.network.redraw();
  }
  const credits = [...creditItems(), { words: date(new Date().toISOString()) }].map(({ words }) => h("li", bdi(words)));
  const plain_ = [h("h1", bdi(document.title)), h("ul", { class: "row" }, credits)];
  $("main").prepend(h("section", { id: "sheet" }, drawing ? viewSvg() : plain_));
  document.body.classList.toggle("drawn", drawing);
  for (const details of document.querySelectorAll("#record details:not(.turtle)")) {
    details.open = true;
    details.dispatchEvent(new Event("toggle"));
  }
}

export function closeAfterPrint() {
  if (!paper.before) return;
  $("sheet").remove();
  document.body.classList.remove("drawn");
  const { dark, scale, position } = paper.before;
  paper.before = null;
  if (dark) inColours("dark");
  canvas.network.moveTo({ scale, position, animation: false });
}

function inColours(theme) {
  document.documentElement.dataset.theme = theme;
  refreshColours();
  outdate();
  renderRecord();
  renderView();
}
