// Guided tours: addresses of the page, step by step, each with a sentence and the claims that it rests on.
import { data } from "./data.js";
import { $, bdi, h } from "./dom.js";
import { address, parseState, state, update } from "./state.js";
import { labelled, t } from "./words.js";

export const tourNamed = (id) => data.tours.find((tour) => tour.id === id);

// The short address of a step: what it shows stands in the tour.
function stepAddress(tour, step) {
  return address({ ...parseState(""), lang: state.lang, theme: state.theme, tour: tour.id, step });
}

export const stepState = (tour, step) => parseState(stepAddress(tour, step));
export const go = (tour, step) => update(stepState(tour, step));

export function tourLink(tour, step) {
  const open = (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    go(tour, step);
    $("tour-next")?.focus();
  };
  return h("a", { href: stepAddress(tour, step), onclick: open }, bdi(...labelled(tour.title)));
}

export function tourList() {
  if (!data.tours.length) return null;
  const entries = data.tours.map((tour) => h("li", tourLink(tour, 1)));
  return h("section", h("h3", t("tours")), h("ul", { class: "links" }, entries));
}
