// The views: a line of the table gives one its tab and, where the page has none, its place: an element with its name.
import { $, h } from "./dom.js";
import { renderMap } from "./map.js";
import { renderNetwork } from "./network.js";
import { renderQuestions } from "./questions.js";
import { renderTexts } from "./reader.js";
import { renderSpots } from "./spots.js";
import { VIEWS, state } from "./state.js";
import { renderTable } from "./table.js";
import { renderTimeline } from "./timeline.js";

// By name, which is also what it is called in the words: what draws it, when it is in sight and something has changed.
const RENDER = {
  network: fitAndRender,
  map: renderMap,
  table: renderTable,
  timeline: renderTimeline,
  spots: renderSpots,
  questions: renderQuestions,
  texts: renderTexts,
};

const dirty = new Set();

export function addView(view, render) {
  RENDER[view] = render;
  VIEWS.push(view);
  dirty.add(view);
  const tab = { type: "button", "data-view": view, "data-t": view, "aria-pressed": "false" };
  $("views").append(h("button", tab));
  if ($(`view-${view}`)) return;
  const place = { id: `view-${view}`, class: "view scroll", hidden: true };
  $("tools").before(h("div", place, h("div", { id: view, class: "page" })));
}

for (const [view, render] of Object.entries(RENDER)) addView(view, render);

let fitted = false;

// What is to be drawn again: the questions look the same whatever is filtered or selected.
export function outdate({ questions = false } = {}) {
  for (const view of VIEWS) if (view !== "questions" || questions) dirty.add(view);
}

// The network is to be fitted into its place again.
export function unfit() {
  fitted = false;
}

function fitAndRender() {
  renderNetwork({ refit: !fitted });
  fitted = true;
}

export function renderView() {
  if (dirty.delete(state.view)) RENDER[state.view]();
}
