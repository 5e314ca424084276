// White spots: how many things of each kind each area has. Every number leads to its rows; a zero is a gap.
import { data, kinds, nodes } from "./data.js";
import { bdi, button, h, nothingHere, replace } from "./dom.js";
import { nodeLink } from "./evidence.js";
import { matches } from "./filter.js";
import { isPlace } from "./model.js";
import { kindName, name } from "./names.js";
import { icon } from "./shapes.js";
import { state, update } from "./state.js";
import { t } from "./words.js";

export function renderSpots() {
  const areas = nodes.filter((node) => (node.classes ?? []).includes(data.area) && matches(node.values, "place"));
  const located = nodes.filter((node) => !isPlace(node) && node.values.place.size && matches(node.values, "place"));
  const inside = located.filter((node) => areas.some((area) => node.values.place.has(area.id)));
  const used = kinds.filter((kind) => inside.some((node) => kinds[node.kind] === kind));
  if (!used.length) return replace("spots", nothingHere("noSpots"));
  const compare = new Intl.Collator(state.lang).compare;
  const row = (area) => {
    const cells = used.map((kind) => spotCell(area, kind, located));
    return h("tr", h("th", { scope: "row" }, nodeLink(area)), cells);
  };
  const heads = used.map((kind) => h("th", { scope: "col" }, icon(kind), bdi(kindName(kind))));
  replace(
    "spots",
    h("h2", { class: "view-title" }, t("spots")),
    h("p", { class: "dim" }, t("spotsNote")),
    h(
      "table",
      { class: "matrix" },
      h("caption", { class: "offscreen" }, t("spots")),
      h("thead", h("tr", h("th", { scope: "col" }, t("place")), heads)),
      h("tbody", areas.sort((a, b) => compare(name(a), name(b))).map(row)),
    ),
  );
}

function spotCell(area, kind, located) {
  const n = located.filter((node) => kinds[node.kind] === kind && node.values.place.has(area.id)).length;
  if (!n) return h("td", { class: "zero" }, "0");
  const label = `${name(area)}, ${kindName(kind)}: ${n}`;
  const level = String(Math.min(4, Math.ceil(Math.log2(n + 1))));
  const rows = { view: "table", table: "things", place: [area.id], kind: [kind.class] };
  return h(
    "td",
    button(() => update(rows), { "aria-label": label, "data-level": level }, String(n)),
  );
}
