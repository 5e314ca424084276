// Put the parts together: fixed words, what is drawn when something changes, keys.
const RENDER = {
  map: renderMap,
  table: renderTable,
  timeline: renderTimeline,
  spots: renderSpots,
  questions: renderQuestions,
};
const dirty = new Set(VIEWS);
let fitted = false;
let moved = false;

function renderWords() {
  const root = document.documentElement;
  root.lang = state.lang;
  root.dir = spoken().direction;
  document.title = inLanguage(data.info.title, data.info.name);
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", t(element.dataset.label));
  for (const element of document.querySelectorAll("[data-tip]")) element.setAttribute("title", t(element.dataset.tip));
  $("title").replaceChildren(bdi(document.title));
  $("search").placeholder = t("search");
  $("quoted").hidden = !data.info.quoted;
}

function renderTheme() {
  const dark = state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  $("theme").setAttribute("aria-pressed", String(dark));
  refreshColours();
}

function renderSwitches() {
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", String(button.dataset.view === state.view));
  for (const button of document.querySelectorAll("[data-lang]:is(button)"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  for (const view of VIEWS) $(`view-${view}`).hidden = view !== state.view;
  $("tools").hidden = !["network", "map"].includes(state.view) || !nodes.length;
  $("names").hidden = state.view !== "network";
  $("names").setAttribute("aria-pressed", String(look.names));
  document.body.classList.toggle("embed", state.embed);
  $("full").hidden = !state.embed;
  $("full").href = address({ ...state, embed: false });
}

function renderStatus(changed) {
  const kept = matching();
  const text = t("count", { n: kept.nodes.size, m: nodes.length, k: kept.edges.size });
  const chosen = selection();
  const said = chosen ? t("selected", { x: chosen.node ? name(chosen.node) : edgeTitle(chosen.edge) }) : "";
  $("counts").textContent = text;
  if (["from", "to", "path"].some((key) => changed?.has(key)) && pathSaid()) announce(pathSaid());
  else if (changed?.has("select") && said) announce(said);
  else if (changed && FACETS.some((facet) => changed.has(facet))) announce(text);
}

const edgeTitle = (edge) => `${name(nodes[edge.f])} – ${propertyName(edge.p)} – ${name(nodes[edge.t])}`;

function renderView() {
  if (!dirty.delete(state.view)) return;
  if (state.view === "network") {
    renderNetwork({ refit: !fitted });
    fitted = true;
  } else RENDER[state.view]();
}

function changedState(changed) {
  if (changed.has("theme")) renderTheme();
  if (changed.has("lang")) {
    renderWords();
    measured.clear();
  }
  const asked = ["lang", "view", "question"].some((key) => changed.has(key));
  for (const view of VIEWS) if (view !== "questions" || asked) dirty.add(view);
  if (changed.has("embed")) fitted = false;
  if (["view", "select", "from", "to"].some((key) => changed.has(key))) Object.assign(look, NOWHERE);
  renderSwitches();
  if ([...FACETS, "lang", "fade", "theme", "marked"].some((key) => changed.has(key))) renderFacets();
  if (["lang", "select", "depth", "from", "to", "path", "theme"].some((key) => changed.has(key))) renderRecord();
  if (!$("take-panel").hidden) renderTakeAway();
  renderView();
  renderStatus(changed);
  moved ||= !look.ego && ["fade", ...FACETS].some((key) => changed.has(key));
  moved ||= ["select", "depth", "from", "to", "path", "marked"].some((key) => changed.has(key));
  if (!moved || state.view !== "network") return;
  moved = false;
  lookAtSelection();
}

function wireSwitches() {
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
}

// A button that opens and closes a panel.
function disclose(buttonId, panelId, before = () => {}) {
  const [button, panel] = [$(buttonId), $(panelId)];
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    panel.classList.toggle("open", open);
    if (panelId === "take-panel") panel.hidden = !open;
    if (open) before();
  });
}

function pageKey(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    $("search").focus();
  } else if (event.key === "Escape") {
    if ($("take").getAttribute("aria-expanded") === "true") {
      $("take").click();
      $("take").focus();
    } else if (state.select || state.from || state.to) update({ select: "", from: "", to: "", path: 0 });
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
  onChange(changedState);
  wireSwitches();
  wirePointer();
  wireMap();
  combobox($("search"), $("results"), (node) => {
    $("search").value = "";
    show(node.id);
    $("record").querySelector("h2")?.focus();
  });
  $("canvas").addEventListener("keydown", canvasKey);
  $("canvas").addEventListener("blur", () => hover({ cursor: null }));
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("record").querySelector("h2")?.focus();
  });
  addEventListener("popstate", readAddress);
  addEventListener("keydown", pageKey);
  addEventListener("beforeprint", openForPrint);
  addEventListener("afterprint", closeAfterPrint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changedState(new Set(["theme"])));
  new ResizeObserver(resized).observe($("stage"));
  document.body.dataset.ready = "true";
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
