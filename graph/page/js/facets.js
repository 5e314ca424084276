// The legend, which is also the filter: within one facet any choice fits, across facets all must.
const SHOWN_VALUES = 9;
const opened = new Set();
const valueSets = Object.fromEntries(FACETS.map((facet) => [facet, facetValues(facet)]));

function facetValues(facet) {
  const found = new Set(nodes.flatMap((node) => [...node.values[facet]]));
  if (facet === "kind") return kinds.map((kind) => kind.class).filter((value) => found.has(value));
  if (facet === "status")
    return ["stated", "ongoing", "planned", "discussed", "inferred"].filter((value) => found.has(value));
  if (facet === "source") return sources.map((source) => source.id).filter((value) => found.has(value));
  return [...found];
}

// Capitals are written, not styled: a style for the first letter keeps some browsers from joining Arabic letters.
function facetLabel(facet, value) {
  if (facet === "kind") return capitalised(kindName(kinds.find((kind) => kind.class === value)));
  if (facet === "status") return capitalised(statusName(value));
  if (facet === "source") return sourceName(sourceById.get(value));
  return name(byId.get(value));
}

// What an address asks of a facet, without what nothing here has: a mistyped value filters nothing away.
const knownValues = Object.fromEntries(FACETS.map((facet) => [facet, new Set(valueSets[facet])]));
const wanted = (facet) => state[facet].filter((value) => knownValues[facet].has(value));

function matches(values, except) {
  return FACETS.every((facet) => {
    if (facet === except || !values[facet] || !state[facet].length) return true;
    const asked = wanted(facet);
    return !asked.length || asked.some((value) => values[facet].has(value));
  });
}

const filtering = () => FACETS.some((facet) => wanted(facet).length);

// What passes the filters: {nodes: Set of indices, edges: Set of indices}.
function matching() {
  const kept = new Set(nodes.filter((node) => matches(node.values)).map((node) => node.index));
  const links = edges.filter((edge) => kept.has(edge.f) && kept.has(edge.t) && matches(edge.values));
  return { nodes: kept, edges: new Set(links.map((edge) => edge.index)) };
}

function counts(facet) {
  const tally = new Map();
  for (const node of nodes) {
    if (!matches(node.values, facet)) continue;
    for (const value of node.values[facet]) tally.set(value, (tally.get(value) ?? 0) + 1);
  }
  return tally;
}

function toggleFacet(facet, value) {
  const chosen = state[facet].includes(value)
    ? state[facet].filter((each) => each !== value)
    : [...state[facet], value];
  update({ [facet]: chosen });
}

function facetButton(facet, value, count) {
  const pressed = state[facet].includes(value);
  const kind = facet === "kind" && kinds.find((each) => each.class === value);
  const button = h(
    "button",
    {
      type: "button",
      class: `facet${count ? "" : " none"}`,
      "aria-pressed": String(pressed),
      "data-facet": facet,
      "data-value": value,
    },
    kind && icon(kind, 16),
    facet === "status" && statusLine(value),
    h("span", { class: "grow" }, bdi(facetLabel(facet, value))),
    h("span", { class: "number" }, String(count)),
  );
  button.addEventListener("click", () => toggleFacet(facet, value));
  return h("li", {}, button);
}

// How an edge of this status is drawn: the legend's sample and the network's line agree.
const DASH = { planned: "5 3", discussed: "1.5 3", inferred: "" };

function statusLine(status) {
  const line = svg("line", {
    x1: 1,
    x2: 23,
    y1: 5,
    y2: 5,
    "stroke-dasharray": DASH[status] ?? "",
    class: `line ${status}`,
  });
  return svg("svg", { width: 24, height: 10, "aria-hidden": "true" }, line);
}

function facetSection(facet) {
  const tally = counts(facet);
  let values = valueSets[facet];
  if (!values.length) return null;
  if (facet === "sector" || facet === "place")
    values = [...values].sort((a, b) => (tally.get(b) ?? 0) - (tally.get(a) ?? 0) || (a < b ? -1 : 1));
  const all = opened.has(facet);
  const shown = values.filter(
    (value, index) => all || index < SHOWN_VALUES || facet === "kind" || state[facet].includes(value),
  );
  const rest = values.length - shown.length;
  const more =
    (rest > 0 || all) &&
    values.length > SHOWN_VALUES &&
    facet !== "kind" &&
    h("button", { type: "button", class: "quiet" }, rest > 0 ? t("more", { n: rest }) : t("less"));
  if (more) {
    more.addEventListener("click", () => {
      if (!opened.delete(facet)) opened.add(facet);
      renderFacets();
    });
  }
  const list = h(
    "ul",
    {},
    shown.map((value) => facetButton(facet, value, tally.get(value) ?? 0)),
  );
  return h("section", { "aria-labelledby": `facet-${facet}` }, h("h3", { id: `facet-${facet}` }, t(facet)), list, more);
}

function modeSwitch() {
  const choice = (fade, key) => {
    const button = h(
      "button",
      { type: "button", "aria-pressed": String(state.fade === fade), "data-mode": key },
      t(key),
    );
    button.addEventListener("click", () => update({ fade }, { replace: true }));
    return button;
  };
  return h(
    "div",
    { class: "switch", role: "group", "aria-label": t("legend") },
    choice(false, "only"),
    choice(true, "fade"),
  );
}

function renderFacets() {
  const at = document.activeElement?.dataset ?? {};
  replace("facets", nodes.length > 0 && modeSwitch(), FACETS.map(facetSection));
  if (at.facet)
    document.querySelector(`[data-facet="${CSS.escape(at.facet)}"][data-value="${CSS.escape(at.value)}"]`)?.focus();
  if (at.mode) document.querySelector(`[data-mode="${at.mode}"]`)?.focus();
  const chips = FACETS.flatMap((facet) => wanted(facet).map((value) => [facet, value]));
  const marks = state.marked.length > 0 && markedChip();
  replace(
    "chips",
    marks,
    chips.map(([facet, value]) => chip(facet, value)),
    chips.length > 0 && clearButton(),
  );
}

function markedChip() {
  const button = h(
    "button",
    { type: "button", class: "chip" },
    t("marked", { n: state.marked.length }),
    h("span", { "aria-hidden": "true" }, " ×"),
  );
  button.addEventListener("click", () => update({ marked: [] }));
  return button;
}

function chip(facet, value) {
  const button = h(
    "button",
    { type: "button", class: "chip", title: t(facet) },
    bdi(facetLabel(facet, value)),
    h("span", { "aria-hidden": "true" }, " ×"),
  );
  button.addEventListener("click", () => toggleFacet(facet, value));
  return button;
}

function clearButton() {
  const button = h("button", { type: "button", class: "quiet" }, t("clear"));
  button.addEventListener("click", () => update(Object.fromEntries(FACETS.map((facet) => [facet, []]))));
  return button;
}
