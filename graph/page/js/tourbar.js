// The strip above the views that leads through a tour, and offers the first one to a first visitor.
import { claims, data } from "./data.js";
import { $, announce, bdi, button, h, put } from "./dom.js";
import { evidence } from "./evidence.js";
import { printTour } from "./print.js";
import { state, update } from "./state.js";
import { go, tourLink, tourNamed } from "./tours.js";
import { inLanguage, labelled, t } from "./words.js";

const SEEN = `azetta ${data.info.base}`; // remembered by the browser: whether the first tour was offered once
const bar = { offered: null };

export function leaveTour() {
  bar.offered = null;
  if (state.tour) update({ tour: "", step: 1 });
  else renderTour();
  $("record").querySelector("h2")?.focus();
}

// Offer the first tour to whoever comes for the first time and to nothing in particular; once.
export function offerTour() {
  if (!data.tours.length || location.hash.length > 1) return;
  try {
    if (localStorage.getItem(SEEN)) return;
    localStorage.setItem(SEEN, "offered");
  } catch {
    return; // a browser that remembers nothing would be offered it each time
  }
  [bar.offered] = data.tours;
  renderTour();
}

export function renderTour(changed) {
  const tour = tourNamed(state.tour);
  if (tour) bar.offered = null;
  $("tour").hidden = !tour && !bar.offered;
  document.body.classList.toggle("touring", Boolean(tour));
  $("tour").setAttribute("aria-label", inLanguage((tour ?? bar.offered)?.title, ""));
  if (tour) renderStep(tour, changed);
  else if (bar.offered) renderOffer(bar.offered);
}

function renderOffer(tour) {
  const take = () => {
    go(tour, 1);
    $("tour-next").focus();
  };
  put(
    $("tour"),
    h("p", { class: "grow" }, t("welcome", { n: tour.steps.length }), " ", bdi(...labelled(tour.title))),
    h("div", { class: "row" }, button(take, {}, t("takeTour")), button(leaveTour, {}, t("notNow"))),
  );
}

function renderStep(tour, changed) {
  const focused = document.activeElement?.closest("#tour") && document.activeElement.id;
  const step = tour.steps[state.step - 1];
  const [text, lang] = labelled(step.text);
  const place = t("stepN", { n: state.step, m: tour.steps.length });
  const turn = (by, id, word) =>
    tour.steps[state.step - 1 + by] && button(() => go(tour, state.step + by), { id }, t(word));
  put(
    $("tour"),
    h(
      "div",
      { class: "grow" },
      h("p", { class: "dim" }, tourLink(tour, state.step), " · ", place),
      h("p", { class: "said" }, bdi(text, lang)),
      proofs(step),
    ),
    h(
      "div",
      { class: "row" },
      turn(-1, "tour-back", "previous"),
      turn(1, "tour-next", "next"),
      button(leaveTour, { id: "tour-leave" }, t("leaveTour")),
      button(() => printTour(tour), { id: "tour-print" }, t("printTour")),
    ),
  );
  if (focused) ($(focused) ?? $("tour-next") ?? $("tour-leave")).focus();
  if (changed?.has("step") || changed?.has("tour")) announce(`${place}. ${text}`);
}

// The claims that say what a step says.
function proofs(step) {
  const box = h("details", h("summary", `${t("evidence")} (${step.c.length})`));
  box.addEventListener("toggle", () => {
    if (!box.open || box.children.length > 1) return;
    box.append(...step.c.map((index) => evidence(claims[index], { spoken: true })));
  });
  return box;
}
