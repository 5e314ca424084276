// The accessible twin of the network: the same things and the same links, as sortable tables.
import { byId, data, edges, nodes, sourceById } from "./data.js";
import { $, bdi, button, h, replace } from "./dom.js";
import { nodeLink, statusChip } from "./evidence.js";
import { matching, whyEmpty } from "./filter.js";
import { searched } from "./fold.js";
import { claimsOf, directPlaces, statusOf } from "./model.js";
import { name, propertyLabel, propertyName, sourceName, statusName } from "./names.js";
import { address, show, state, update } from "./state.js";
import { inLanguage, joinWords, t } from "./words.js";

const PAGE = 150;
const rowsOf = { sort: { things: ["links", -1], links: ["from", 1] }, shown: PAGE };

const COLUMNS = {
  things: [
    ["name", (node) => name(node), (node) => nodeLink(node)],
    ["kind", (node) => joinWords((node.classes ?? []).map((each) => inLanguage(data.classes[each], each)))],
    ["place", (node) => joinWords(directPlaces(node).map((index) => name(nodes[index])))],
    [
      "sector",
      (node) => joinWords([...node.values.sector].filter((id) => id !== node.id).map((id) => name(byId.get(id)))),
    ],
    ["links", (node) => node.links.length],
    ["claims", (node) => claimsOf(node).length],
  ],
  links: [
    ["from", (edge) => name(nodes[edge.f]), (edge) => nodeLink(nodes[edge.f])],
    ["relation", (edge) => propertyName(edge.p), (edge) => edgeLink(edge)],
    ["to", (edge) => name(nodes[edge.t]), (edge) => nodeLink(nodes[edge.t])],
    ["status", (edge) => statusName(statusOf(edge)), (edge) => statusChip(statusOf(edge))],
    ["claims", (edge) => edge.c.length],
    ["source", sourceNames, (edge) => h("span", { class: "sources", title: sourceNames(edge) }, sourceNames(edge))],
  ],
};

function sourceNames(edge) {
  return joinWords([...edge.values.source].map((id) => sourceName(sourceById.get(id))));
}

function edgeLink(edge) {
  const open = (event) => {
    event.preventDefault();
    show(edge.key);
  };
  return h("a", { href: address({ ...state, select: edge.key }), onclick: open }, bdi(...propertyLabel(edge.p)));
}

// The rows that pass the filters and what is written above them, sorted: things, or links.
export function tableRows() {
  const kept = matching();
  const all =
    state.table === "things"
      ? [...kept.nodes].map((index) => nodes[index])
      : [...kept.edges].map((index) => edges[index]);
  const columns = COLUMNS[state.table];
  const words = searched(state.rows);
  const found = words
    ? all.filter((row) => searched(columns.map(([, value]) => value(row)).join(" ")).includes(words))
    : all;
  const [key, direction] = rowsOf.sort[state.table];
  const value = columns.find(([each]) => each === key)[1];
  const compare = new Intl.Collator(state.lang, { numeric: true }).compare;
  return found
    .map((row) => [value(row), row])
    .sort(([a], [b]) => direction * (typeof a === "number" ? a - b : compare(a, b)))
    .map(([, row]) => row);
}

function columnHead([key]) {
  const [sorted, direction] = rowsOf.sort[state.table];
  const turn = () => {
    rowsOf.sort[state.table] = [key, sorted === key ? -direction : 1];
    renderRows();
  };
  const [order, arrow] = sorted !== key ? ["none", ""] : direction > 0 ? ["ascending", " ▲"] : ["descending", " ▼"];
  const sign = h("span", { "aria-hidden": "true" }, arrow);
  return h(
    "th",
    { scope: "col", "aria-sort": order },
    button(turn, { class: "quiet", "data-sort": key }, t(key), sign),
  );
}

function tableRow(row) {
  const key = state.table === "things" ? row.id : row.key;
  const cells = COLUMNS[state.table].map(([, value, show_], column) =>
    h(column ? "td" : "th", column ? {} : { scope: "row" }, show_ ? show_(row) : bdi(String(value(row)))),
  );
  return h("tr", { class: state.select === key ? "chosen" : null }, cells);
}

// On paper nobody can ask for more.
export function showAllRows() {
  rowsOf.shown = Number.POSITIVE_INFINITY;
  renderRows();
}

function renderRows() {
  const rows = tableRows();
  const showMore = () => {
    rowsOf.shown += 10 * PAGE;
    renderRows();
  };
  const rest = rows.length - rowsOf.shown;
  replace("row-count", t("rows", { n: rows.length }));
  replace(
    "rows",
    h(
      "table",
      h("caption", t(state.table)),
      h("thead", h("tr", COLUMNS[state.table].map(columnHead))),
      h("tbody", rows.slice(0, rowsOf.shown).map(tableRow)),
    ),
    !rows.length && h("p", { class: "dim" }, t(state.rows ? "noMatch" : whyEmpty("nothing"))),
    rest > 0 && button(showMore, {}, t("showMore", { n: rest })),
  );
}

// What is typed stays as it is while the rows follow it.
export function renderTable() {
  const filter = $("table").querySelector("input");
  const of = `${state.lang} ${state.table}`;
  if (!filter || $("table").dataset.of !== of) renderBar(of);
  else if (filter.value !== state.rows) filter.value = state.rows;
  renderRows();
}

function renderBar(of) {
  $("table").dataset.of = of;
  const choose = (key) => {
    rowsOf.shown = PAGE;
    update({ table: key });
  };
  const which = (key) => button(() => choose(key), { "aria-pressed": String(state.table === key) }, t(key));
  const filter = h("input", {
    type: "search",
    "aria-label": t("filterRows"),
    placeholder: t("filterRows"),
    value: state.rows,
  });
  filter.addEventListener("input", () => update({ rows: filter.value }, { replace: true }));
  replace(
    "table",
    h(
      "div",
      { class: "row bar" },
      h("div", { class: "switch", role: "group", "aria-label": t("table") }, which("things"), which("links")),
      filter,
      h("span", { id: "row-count", role: "status" }),
    ),
    h("div", { id: "rows" }),
  );
}
