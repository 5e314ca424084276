// Put the parts together: what is drawn when something changes, keys.
import { lookAtSelection } from "./camera.js";
import { hideCard } from "./card.js";
import { anchors } from "./chart.js";
import { canvasKey } from "./cursor.js";
import { byId, data, edges, isPictured, pictured, sourceById } from "./data.js";
import { $, announce, closeTopmost } from "./dom.js";
import { renderFacets } from "./facets.js";
import { heedsFilters, matching, visible } from "./filter.js";
import { neverLosingFocus } from "./focus.js";
import { measured } from "./labels.js";
import { NOWHERE, canvas, hover, look } from "./look.js";
import { renderMap } from "./map.js";
import { wireMap } from "./mapmove.js";
import { edgeTitle, name, sourceName } from "./names.js";
import { buildNetwork } from "./network.js";
import { pathSaid } from "./paths.js";
import { wirePointer } from "./pointer.js";
import { closeAfterPrint, openForPrint } from "./print.js";
import { titleOf } from "./questions.js";
import { renderRecord } from "./record.js";
import { searchAll } from "./search.js";
import { keepFieldInSight, lookAtPicked } from "./sight.js";
import { FACETS, letGo, onChange, parseState, readAddress, selection, state, update } from "./state.js";
import { renderSwitches, renderTheme, renderWords, wireSwitches } from "./switches.js";
import { renderTakeAway } from "./takeaway.js";
import { leaveTour, offerTour, renderTour } from "./tourbar.js";
import { outdate, renderView, unfit } from "./views.js";
import { inLanguage, t } from "./words.js";

let moved = false;

// What is picked, or asked, or read; the view; and the dataset.
function tabTitle(called) {
  const pair = [byId.get(state.from || state.select), byId.get(state.from ? state.to : state.compare)].filter(Boolean);
  const together = pair.length === 2 ? pair.map(name).join(" – ") : called;
  const asked = state.view === "questions" && data.questions.find((each) => each.name === state.question);
  const read = state.view === "texts" && sourceById.get(state.text);
  const [title, , about] = asked ? titleOf(asked) : [read && sourceName(read)];
  return [title, about, together, t(state.view), inLanguage(data.info.title, data.info.name)].filter(Boolean).join(" · ");
}

function renderStatus(changed) {
  const all = { nodes: pictured.keys(), edges: { size: edges.filter(({ f }) => isPictured(f)).length } };
  const kept = !heedsFilters() ? all : ["network", "map"].includes(state.view) ? visible() : matching();
  const n = [...kept.nodes].filter(isPictured).length; // a listed place that is picked is none of those that are drawn
  const text = t("count", { n, m: pictured.length, k: kept.edges.size });
  const chosen = selection();
  const called = chosen && (chosen.node ? name(chosen.node) : edgeTitle(chosen.edge));
  const said = chosen ? t("selected", { x: called }) : "";
  document.title = tabTitle(called);
  $("counts").textContent = text;
  if (["from", "to", "path"].some((key) => changed?.has(key)) && pathSaid()) announce(pathSaid());
  else if (changed?.has("select") && said) announce(said);
  else if (changed && FACETS.some((facet) => changed.has(facet))) announce(heedsFilters() ? text : t("unfiltered"));
}

function changedState(changed) {
  if (changed.has("theme")) renderTheme();
  if (changed.has("lang")) {
    renderWords();
    measured.clear();
  }
  outdate({ questions: ["lang", "view", "question", "with"].some((key) => changed.has(key)) });
  if (changed.has("embed")) unfit();
  if (["view", "select", "from", "to"].some((key) => changed.has(key))) Object.assign(look, NOWHERE);
  renderSwitches();
  if ([...FACETS, "lang", "fade", "theme", "marked", "view"].some((key) => changed.has(key))) renderFacets();
  if (["lang", "select", "depth", "from", "to", "path", "theme", "compare"].some((key) => changed.has(key))) renderRecord();
  if (!$("take-panel").hidden) renderTakeAway();
  renderView();
  renderStatus(changed);
  if (changed.has("select") && state.select) lookAtPicked();
  if (["tour", "step", "lang"].some((key) => changed.has(key))) renderTour(changed);
  moved ||= !look.ego && ["fade", ...FACETS].some((key) => changed.has(key));
  moved ||= ["select", "depth", "from", "to", "path", "marked"].some((key) => changed.has(key));
  if (!moved || state.view !== "network") return;
  moved = false;
  lookAtSelection();
}

function pageKey(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "Escape") {
    if (closeTopmost() || hideCard()) return;
    if (state.tour || document.activeElement?.closest("#tour")) leaveTour();
    else if (state.view === "table" && state.rows) update({ rows: "" }, { replace: true });
    else if (state.select || state.from || state.to) letGo();
  }
}

function start() {
  document.body.classList.remove("waiting");
  Object.assign(state, parseState(location.hash));
  renderTheme();
  buildNetwork();
  renderWords();
  renderSwitches();
  renderFacets();
  renderRecord();
  renderView();
  renderStatus();
  renderTour();
  offerTour();
  onChange((changed) => neverLosingFocus(() => changedState(changed), $("stage")));
  wireSwitches();
  wirePointer();
  wireMap();
  keepFieldInSight();
  searchAll($("search"), $("results"), goneTo);
  $("canvas").addEventListener("keydown", canvasKey);
  $("canvas").addEventListener("blur", () => hover({ cursor: null }));
  skipTo("skip", () => $("record").querySelector("h2"));
  skipTo("skip-view", () => (state.view === "network" ? $("canvas") : $("stage")));
  addEventListener("popstate", readAddress);
  addEventListener("keydown", pageKey);
  addEventListener("beforeprint", openForPrint);
  addEventListener("afterprint", closeAfterPrint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changedState(new Set(["theme"])));
  new ResizeObserver(resized).observe($("stage"));
  document.body.dataset.ready = "true";
}

// After a search: at the record of a thing, or at the beginning of the view that shows something else.
function goneTo({ node }) {
  $("search").value = "";
  if (node) return $("record").querySelector("h2")?.focus();
  const tab = $("views").querySelector(`[data-view=${state.view}]`);
  (document.querySelector(".question[open] > summary, #tour-next") ?? tab).focus();
}

function skipTo(link, where) {
  $(link).addEventListener("click", (event) => {
    event.preventDefault();
    where().focus();
  });
}

function resized() {
  if (state.view === "map" && anchors.length) renderMap();
  if (state.view === "network") lookAtSelection(false);
}

document.fonts.ready.then(() => {
  measured.clear();
  canvas.network?.redraw();
});

start();
