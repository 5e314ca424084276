// The legend, which is also the filter.
import { byId, data, kinds, pictured, sourceById } from "./data.js";
import { bdi, button, h, replace } from "./dom.js";
import { counts, filtering, heedsFilters, valueSets, wanted } from "./filter.js";
import { kindLabel, name, sourceName, statusLabel } from "./names.js";
import { icon, statusLine } from "./shapes.js";
import { FACETS, state, update } from "./state.js";
import { capitalised, t } from "./words.js";

const SHOWN_VALUES = 9;
const MARKED = ["stated", "ongoing", "planned"]; // what marks tell apart too
const planned = kinds.find((kind) => data.planned.includes(kind.class));
const opened = new Set();

// Capitals are written, not styled: a style for the first letter keeps some browsers from joining Arabic letters.
function facetLabel(facet, value) {
  if (facet === "source") return [sourceName(sourceById.get(value))];
  if (facet === "layer") return [t(value)];
  if (facet !== "kind" && facet !== "status") return [name(byId.get(value))];
  const [text, lang] = facet === "status" ? statusLabel(value) : kindLabel(kinds.find((kind) => kind.class === value));
  return [capitalised(text), lang];
}

function toggleFacet(facet, value) {
  const chosen = state[facet].includes(value)
    ? state[facet].filter((each) => each !== value)
    : [...state[facet], value];
  update({ [facet]: chosen });
}

function facetButton(facet, value, count) {
  const kind = facet === "kind" && kinds.find((each) => each.class === value);
  const attributes = {
    class: `facet${count ? "" : " none"}`,
    "aria-pressed": String(state[facet].includes(value)),
    "data-facet": facet,
    "data-value": value,
  };
  const made = button(
    () => toggleFacet(facet, value),
    attributes,
    kind && icon(kind, 16),
    facet === "status" && statusLine(value, MARKED.includes(value) && planned),
    h("span", { class: "grow" }, bdi(...facetLabel(facet, value))),
    h("span", { class: "number" }, String(count)),
  );
  return h("li", made);
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
  const foldable = (rest > 0 || all) && values.length > SHOWN_VALUES && facet !== "kind";
  const more = foldable && moreButton(facet, rest);
  const list = h(
    "ul",
    shown.map((value) => facetButton(facet, value, tally.get(value) ?? 0)),
  );
  const note = facet === "kind" && h("small", t("countedOnce"));
  return h("section", { "aria-labelledby": `facet-${facet}` }, h("h3", { id: `facet-${facet}` }, t(facet)), list, more, note);
}

function moreButton(facet, rest) {
  const turn = () => {
    if (!opened.delete(facet)) opened.add(facet);
    renderFacets();
  };
  return button(turn, { class: "quiet" }, rest > 0 ? t("more", { n: rest }) : t("less"));
}

function modeSwitch() {
  const choice = (fade, key) =>
    button(
      () => update({ fade }, { replace: true }),
      { "aria-pressed": String(state.fade === fade), "data-mode": key },
      t(key),
    );
  const attributes = { class: "switch", role: "group", "aria-label": t("legend") };
  return h("div", attributes, choice(false, "only"), choice(true, "fade"));
}

export function renderFacets() {
  replace("facets", pictured.length > 0 && modeSwitch(), FACETS.map(facetSection));
  const chips = FACETS.flatMap((facet) => wanted(facet).map((value) => [facet, value]));
  const marks = state.marked.length > 0 && markedChip();
  replace(
    "chips",
    marks,
    chips.map(([facet, value]) => facetChip(facet, value)),
    chips.length > 0 && clearButton(),
    filtering() && !heedsFilters() && h("p", { class: "chip" }, t("unfiltered")),
  );
}

function markedChip() {
  return chip(() => update({ marked: [] }), {}, t("marked", { n: state.marked.length }));
}

function facetChip(facet, value) {
  const [words, lang] = facetLabel(facet, value);
  const attributes = { title: t(facet), "aria-label": `${t("clear")}${t("colon")}${words}` };
  return chip(() => toggleFacet(facet, value), attributes, bdi(words, lang));
}

function chip(act, attributes, words) {
  return button(act, { class: "chip", ...attributes }, words, h("span", { "aria-hidden": "true" }, " ×"));
}

function clearButton() {
  return button(() => update(Object.fromEntries(FACETS.map((facet) => [facet, []]))), { class: "quiet" }, t("clear"));
}
