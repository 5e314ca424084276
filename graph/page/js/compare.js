// Two things side by side: what is said of each, property by property, and what both have.
import { byId, claims, edges, nodes } from "./data.js";
import { bdi, h } from "./dom.js";
import { edgeEvidence, evidence, nodeLink, statusChip } from "./evidence.js";
import { other, statusOf } from "./model.js";
import { name, objectName, propertyLabel } from "./names.js";
import { comboboxOf, nodeSearch } from "./search.js";
import { state, update } from "./state.js";
import { isRightToLeft, t } from "./words.js";

// Where another thing is searched for, to be put beside this one.
export function compareField(node) {
  const { input, list } = comboboxOf("compare-with", t("search"));
  const fits = (each) => each !== node;
  nodeSearch(input, list, (chosen) => update({ compare: chosen.id }), { fits });
  return h(
    "details",
    { class: "more" },
    h("summary", t("compareWith")),
    h("div", { class: "compare-field" }, input, list),
  );
}

// How a thing has what is said of it: as a fact, or only planned or discussed; not at all where that has lapsed.
const STANDS = { stated: "fact", ongoing: "fact", inferred: "fact", planned: "planned", discussed: "discussed" };

// What is said of a thing, by property and direction: {value: what makes it the same for another, shown, status, proof}.
function told(node) {
  const found = node.facts.map((index) => {
    const claim = claims[index];
    return [`>${claim.p}`, claim.v ?? nodes[claim.o].id, () => bdi(objectName(claim)), claim.st, () => evidence(claim)];
  });
  for (const edge of node.links.map((link) => edges[link])) {
    const far = nodes[other(edge, node.index)];
    const key = `${edge.f === node.index ? ">" : "<"}${edge.p}`;
    found.push([key, far.id, () => nodeLink(far), statusOf(edge), () => edgeEvidence(edge)]);
  }
  const same = (value, status) => STANDS[status] && `${STANDS[status]} ${value}`;
  return found.map(([key, value, shown, status, proof]) => ({ key, value: same(value, status), shown, status, proof }));
}

function valueShown({ shown, status, proof, value }, shared) {
  const box = h("details", h("summary", t("evidence")));
  box.addEventListener("toggle", () => box.open && box.children.length < 2 && box.append(h("div", proof())));
  const both = shared.has(value) && h("strong", { class: "both" }, " = ", t("inBoth"));
  return h("li", shown(), " ", status !== "stated" && statusChip(status), both, box);
}

function propertyRows(key, columns) {
  const lists = columns.map((column) => column.filter((each) => each.key === key));
  const [first, second] = lists.map((list) => new Set(list.map(({ value }) => value)));
  const shared = new Set([...first].filter((value) => value && second.has(value)));
  const arrow = key[0] === "<" && h("span", { "aria-hidden": "true" }, isRightToLeft() ? "→ " : "← ");
  const from = key[0] === "<" && h("small", ` (${t("incoming")})`);
  const cell = (list) =>
    h(
      "td",
      list.length > 0 &&
        h(
          "ul",
          list.map((each) => valueShown(each, shared)),
        ),
    );
  return [
    h("tr", h("th", { colspan: 2, scope: "rowgroup" }, arrow, bdi(...propertyLabel(key.slice(1))), from)),
    h("tr", lists.map(cell)),
  ];
}

// The table of two things; what both have a property for comes first.
export function comparison(node) {
  const pair = [node, byId.get(state.compare)];
  const columns = pair.map(told);
  const inside = (column, key) => column.some((each) => each.key === key);
  const keys = [...new Set(columns.flat().map(({ key }) => key))];
  const both = (key) => columns.every((column) => inside(column, key));
  const sorted = [...keys.filter(both), ...keys.filter((key) => !both(key))];
  return h(
    "table",
    { class: "comparison" },
    h("caption", pair.map(name).join(" – ")),
    h(
      "thead",
      h(
        "tr",
        pair.map((each) => h("th", { scope: "col" }, nodeLink(each))),
      ),
    ),
    sorted.map((key) => h("tbody", propertyRows(key, columns))),
  );
}
