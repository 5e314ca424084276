// The views, each drawn when it is in sight and something has changed.
import { renderMap } from "./map.js";
import { renderNetwork } from "./network.js";
import { renderQuestions } from "./questions.js";
import { renderSpots } from "./spots.js";
import { VIEWS, state } from "./state.js";
import { renderTable } from "./table.js";
import { renderTimeline } from "./timeline.js";

const RENDER = {
  map: renderMap,
  table: renderTable,
  timeline: renderTimeline,
  spots: renderSpots,
  questions: renderQuestions,
};

const dirty = new Set(VIEWS);
let fitted = false;

// What is to be drawn again: the questions look the same whatever is filtered or selected.
export function outdate({ questions = false } = {}) {
  for (const view of VIEWS) if (view !== "questions" || questions) dirty.add(view);
}

// The network is to be fitted into its place again.
export function unfit() {
  fitted = false;
}

export function renderView() {
  if (!dirty.delete(state.view)) return;
  if (state.view === "network") {
    renderNetwork({ refit: !fitted });
    fitted = true;
  } else RENDER[state.view]();
}
