// The accessible twin of the network: the same things and the same links, as sortable tables.
const PAGE = 150;
const rowsOf = { sort: { things: ["links", -1], links: ["from", 1] }, filter: "", shown: PAGE };

const COLUMNS = {
  things: [
    ["name", (node) => name(node), (node) => nodeLink(node)],
    ["kind", (node) => joinWords((node.classes ?? []).map((each) => inLanguage(data.classes[each], each)))],
    ["place", (node) => placeNames(node)],
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

// Only the nearest places: what a thing's own links name, not all that holds them.
function placeNames(node) {
  const direct = node.links
    .map((link) => edges[link])
    .filter((edge) => edge.f === node.index && isPlace(nodes[edge.t]) && !edge.r);
  return joinWords([...new Set(direct.map((edge) => name(nodes[edge.t])))]);
}

function edgeLink(edge) {
  const link = h("a", { href: address({ ...state, select: edge.key }) }, bdi(propertyName(edge.p)));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show(edge.key);
  });
  return link;
}

function tableRows() {
  const kept = matching();
  const all =
    state.table === "things"
      ? [...kept.nodes].map((index) => nodes[index])
      : [...kept.edges].map((index) => edges[index]);
  const columns = COLUMNS[state.table];
  const words = searched(rowsOf.filter);
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
  const button = h(
    "button",
    { type: "button", class: "quiet", "data-sort": key },
    t(key),
    h("span", { "aria-hidden": "true" }, sorted === key ? (direction > 0 ? " ▲" : " ▼") : ""),
  );
  button.addEventListener("click", () => {
    rowsOf.sort[state.table] = [key, sorted === key ? -direction : 1];
    renderRows();
    $("rows").querySelector(`[data-sort="${key}"]`)?.focus();
  });
  return h(
    "th",
    { scope: "col", "aria-sort": sorted === key ? (direction > 0 ? "ascending" : "descending") : "none" },
    button,
  );
}

function tableRow(row) {
  const key = state.table === "things" ? row.id : row.key;
  const cells = COLUMNS[state.table].map(([, value, show_], column) =>
    h(column ? "td" : "th", column ? {} : { scope: "row" }, show_ ? show_(row) : bdi(String(value(row)))),
  );
  return h("tr", { class: state.select === key ? "chosen" : null }, cells);
}

function renderRows() {
  const rows = tableRows();
  const more =
    rows.length > rowsOf.shown && h("button", { type: "button" }, t("showMore", { n: rows.length - rowsOf.shown }));
  if (more) {
    more.addEventListener("click", () => {
      rowsOf.shown += 10 * PAGE;
      renderRows();
    });
  }
  $("row-count").textContent = t("rows", { n: rows.length });
  replace(
    "rows",
    h(
      "table",
      {},
      h("caption", {}, t(state.table)),
      h("thead", {}, h("tr", {}, COLUMNS[state.table].map(columnHead))),
      h("tbody", {}, rows.slice(0, rowsOf.shown).map(tableRow)),
    ),
    more,
  );
}

function renderTable() {
  const which = (key) => {
    const button = h("button", { type: "button", "aria-pressed": String(state.table === key) }, t(key));
    button.addEventListener("click", () => {
      rowsOf.shown = PAGE;
      update({ table: key });
    });
    return button;
  };
  const filter = h("input", {
    type: "search",
    "aria-label": t("filterRows"),
    placeholder: t("filterRows"),
    value: rowsOf.filter,
  });
  filter.addEventListener("input", () => {
    rowsOf.filter = filter.value;
    renderRows();
  });
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
  renderRows();
}
