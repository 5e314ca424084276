// Gaps: how many things of each kind each area has, and what is said of all areas together. Numbers lead to their things.
import { areas as counts, isListed, townsCell, townsHead, townsSaid } from "./coverage.js";
import { kinds, nodes, sources } from "./data.js";
import { bdi, button, h, nothingHere, replace } from "./dom.js";
import { nodeLink } from "./evidence.js";
import { filtering, matches, matching, wanted, whyEmpty } from "./filter.js";
import { isPlace, linksOf } from "./model.js";
import { kindLabel, kindName, name, sourceName } from "./names.js";
import { icon } from "./shapes.js";
import { showTogether, state, update } from "./state.js";
import { date, t } from "./words.js";

const COVERS = "covers";

export function renderSpots() {
  const areas = [...counts]; // whatever is filtered: a zero is what is looked for here
  const located = nodes.filter((node) => !isPlace(node) && node.values.place.size && matches(node.values, "place"));
  const inside = located.filter((node) => areas.some((area) => node.values.place.has(area.id)));
  const whole = wholes(areas);
  const covering = whole.flatMap((each) => each.things).filter((node) => matches(node.values, "place"));
  const counted = [...inside, ...covering];
  const asked = wanted("kind").filter((each) => each !== "Place");
  const used = kinds.filter((kind) => asked.includes(kind.class) || counted.some((node) => kinds[node.kind] === kind));
  const towns = isListed && areas.some((area) => matches(area.values, "place"));
  if (!areas.length || !(used.length || towns) || (filtering() && !matching().nodes.size)) return replace("spots", nothingHere(whyEmpty("noSpots")));
  const compare = new Intl.Collator(state.lang).compare;
  const row = (area) => {
    const cells = used.map((kind) => spotCell(area, kind, located, whole));
    return h("tr", h("th", { scope: "row" }, nodeLink(area)), isListed && townsCell(area), cells);
  };
  const wholeRow = ({ area, things }) =>
    h(
      "tr",
      h("th", { scope: "row" }, nodeLink(area), h("small", { class: "dim" }, ` ${t("asWhole")}`)),
      isListed && h("td"),
      used.map((kind) => wholeCell(area, kind, things)),
    );
  const heads = used.map((kind) => h("th", { scope: "col" }, icon(kind), bdi(...kindLabel(kind))));
  replace(
    "spots",
    h("h2", { class: "view-title" }, t("spots")),
    h("p", { class: "dim" }, t("spotsNote")),
    townsSaid(),
    searchedTexts(),
    h(
      "table",
      { class: "matrix" },
      h("caption", { class: "offscreen" }, t("spots")),
      h("thead", h("tr", h("th", { scope: "col" }, t("place")), isListed && townsHead(), heads)),
      h("tbody", whole.map(wholeRow), areas.sort((a, b) => compare(name(a), name(b))).map(row)),
    ),
  );
}

// The texts that were searched for all this, each with its date.
function searchedTexts() {
  const said = (source) => {
    const day = source.issued && date(source.issued);
    return day && !sourceName(source).includes(day) ? `${sourceName(source)} (${day})` : sourceName(source);
  };
  const texts = sources.filter((source) => source.read);
  return h(
    "details",
    h("summary", t("searched", { n: texts.length })),
    h("ul", { class: "steps" }, texts.map((each) => h("li", bdi(said(each))))),
  );
}

// What holds these areas, where something is said to cover all of it: so it covers each of them.
function wholes(areas) {
  const holding = nodes.filter(
    (node) => isPlace(node) && areas.some((area) => area !== node && area.values.place.has(node.id)),
  );
  return holding
    .map((area) => ({
      area,
      things: linksOf(area)
        .filter((edge) => edge.p === COVERS && edge.t === area.index)
        .map((edge) => nodes[edge.f]),
    }))
    .filter(({ things }) => things.length);
}

function wholeCell(area, kind, things) {
  const found = things.filter((node) => kinds[node.kind] === kind && matches(node.values, "place"));
  if (!found.length) return h("td", { class: "zero" }, "0");
  return h(
    "td",
    button(() => showTogether(found), { "aria-label": spotLabel(area, kind, found.length) }, String(found.length)),
  );
}

const spotLabel = (area, kind, n) => `${name(area)}, ${kindName(kind)}: ${n}`;

function spotCell(area, kind, located, whole) {
  const n = located.filter((node) => kinds[node.kind] === kind && node.values.place.has(area.id)).length;
  const covering = whole.filter((each) => area.values.place.has(each.area.id)).flatMap(({ things }) => things);
  const also = new Set(covering.filter((node) => kinds[node.kind] === kind && matches(node.values, "place"))).size;
  if (!n) return h("td", { class: "zero" }, "0", also > 0 && h("small", ` + ${also}`));
  const level = String(Math.min(4, Math.ceil(Math.log2(n + 1))));
  const rows = { view: "table", table: "things", place: [area.id], kind: [kind.class] };
  return h(
    "td",
    button(() => update(rows), { "aria-label": spotLabel(area, kind, n), "data-level": level }, String(n)),
  );
}
