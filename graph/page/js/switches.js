// The fixed words, and the buttons around the views.
import { fitNetwork, zoom } from "./camera.js";
import { fitMap } from "./chart.js";
import { data, nodes } from "./data.js";
import { $, bdi, disclose, put, translate } from "./dom.js";
import { canvas, look, refreshColours } from "./look.js";
import { renderMap } from "./map.js";
import { zoomMap } from "./mapmove.js";
import { isDark } from "./shapes.js";
import { VIEWS, address, state, update } from "./state.js";
import { renderTakeAway } from "./takeaway.js";
import { labelled, t } from "./words.js";

export function renderWords() {
  translate();
  put($("title"), bdi(...labelled(data.info.title, data.info.name)));
  $("search").placeholder = t("search");
  $("quoted").hidden = !data.info.quoted;
}

export function renderTheme() {
  const own = state.theme && !matchMedia("(forced-colors: active)").matches;
  const dark = own ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("theme").setAttribute("aria-pressed", String(dark));
  refreshColours();
}

export function renderSwitches() {
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  for (const button of document.querySelectorAll("[data-lang]:is(button)"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  for (const view of VIEWS) $(`view-${view}`).hidden = view !== state.view;
  $("stage").setAttribute("aria-label", t(state.view));
  $("tools").hidden = !["network", "map"].includes(state.view) || !nodes.length;
  $("names").hidden = state.view !== "network";
  $("names").setAttribute("aria-pressed", String(look.names));
  document.body.classList.toggle("embed", state.embed);
  $("full").hidden = !state.embed;
  $("full").href = address({ ...state, embed: false });
}

export function wireSwitches() {
  for (const button of document.querySelectorAll("[data-view]"))
    button.addEventListener("click", () => update({ view: button.dataset.view }));
  for (const button of document.querySelectorAll("button[data-lang]"))
    button.addEventListener("click", () => update({ lang: button.dataset.lang }));
  $("theme").addEventListener("click", () => update({ theme: isDark() ? "light" : "dark" }, { replace: true }));
  const inMap = () => state.view === "map";
  $("zoom-in").addEventListener("click", () => (inMap() ? zoomMap(1.4) : zoom(1.3)));
  $("zoom-out").addEventListener("click", () => (inMap() ? zoomMap(1 / 1.4) : zoom(1 / 1.3)));
  $("fit").addEventListener("click", () => {
    if (!inMap()) return fitNetwork();
    fitMap();
    renderMap();
  });
  $("names").addEventListener("click", () => {
    look.names = !look.names;
    renderSwitches();
    canvas.network.redraw();
  });
  disclose("take", "take-panel", renderTakeAway);
  disclose("legend-toggle", "legend");
  disclose("about-toggle", "record-side");
}
