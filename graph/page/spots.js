// White spots: how many things of each kind each area has. Every number leads to its rows; a zero is a gap.
function renderSpots() {
  const areas = nodes.filter((node) => (node.classes ?? []).includes(data.area) && matches(node.values, "place"));
  const located = nodes.filter((node) => !isPlace(node) && node.values.place.size && matches(node.values, "place"));
  const inside = located.filter((node) => areas.some((area) => node.values.place.has(area.id)));
  const used = kinds.filter((kind) => inside.some((node) => kinds[node.kind] === kind));
  if (!areas.length || !used.length) return replace("spots", h("p", { class: "empty-view" }, t("noMap")));
  const cell = (area, kind) => {
    const n = located.filter((node) => kinds[node.kind] === kind && node.values.place.has(area.id)).length;
    if (!n) return h("td", { class: "zero" }, "0");
    const button = h(
      "button",
      {
        type: "button",
        "aria-label": `${name(area)}, ${kindName(kind)}: ${n}`,
        "data-level": String(Math.min(4, Math.ceil(Math.log2(n + 1)))),
      },
      String(n),
    );
    button.addEventListener("click", () =>
      update({ view: "table", table: "things", place: [area.id], kind: [kind.class] }),
    );
    return h("td", {}, button);
  };
  const row = (area) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, nodeLink(area)),
      used.map((kind) => cell(area, kind)),
    );
  const compare = new Intl.Collator(state.lang).compare;
  const head = h(
    "tr",
    {},
    h("th", { scope: "col" }, t("place")),
    used.map((kind) => h("th", { scope: "col" }, icon(kind), bdi(kindName(kind)))),
  );
  replace(
    "spots",
    h("h2", { class: "view-title" }, t("spots")),
    h("p", { class: "dim" }, t("spotsNote")),
    h(
      "table",
      { class: "matrix" },
      h("caption", { class: "offscreen" }, t("spots")),
      h("thead", {}, head),
      h("tbody", {}, areas.sort((a, b) => compare(name(a), name(b))).map(row)),
    ),
  );
}
