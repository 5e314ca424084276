// The map: true coordinates, a coastline, and the things around the places where they are. No tiles, no borders.
const chart = { centre: null, scale: 1, pointers: new Map(), moved: false };
const MOST_AT_A_PLACE = 36;
const measure = document.createElement("canvas").getContext("2d");

const anchors = nodes
  .filter((node) => isPlace(node))
  .map((node) => ({ node, lat: Number(factValue(node, "wgs:lat")), lon: Number(factValue(node, "wgs:long")) }))
  .filter((each) => Number.isFinite(each.lat) && Number.isFinite(each.lon));

// A local equal-scale projection: degrees of longitude shrink with the cosine of the middle latitude.
const middle = anchors.length
  ? (Math.min(...anchors.map((a) => a.lat)) + Math.max(...anchors.map((a) => a.lat))) / 2
  : 0;
const project = (lon, lat) => ({ x: lon * Math.cos((middle * Math.PI) / 180) * 100, y: -lat * 100 });
for (const anchor of anchors) Object.assign(anchor, project(anchor.lon, anchor.lat));

// The things at each anchor: those whose own links lead to it.
function thingsAt(kept) {
  const byPlace = new Map(anchors.map((anchor) => [anchor.node.index, []]));
  let lost = 0;
  for (const index of kept) {
    const node = nodes[index];
    if (isPlace(node)) continue;
    const direct = [
      ...new Set(
        node.links
          .map((link) => edges[link])
          .filter((edge) => edge.f === index && byPlace.has(edge.t) && !edge.r)
          .map((edge) => edge.t),
      ),
    ];
    for (const place of direct) byPlace.get(place).push(index);
    if (!direct.length) lost += 1;
  }
  return { byPlace, lost };
}

function mapSize() {
  const box = $("map").getBoundingClientRect();
  return { width: box.width || 800, height: box.height || 600 };
}

// Where the map opens: on the area nearest to the focus that holds places of the map; on all where there is none.
function homeAnchors() {
  if (!nodes[data.info.focus]) return anchors;
  for (const index of neighbourhood(data.info.focus, 3, isTold).keys()) {
    const inside = anchors.filter(
      (anchor) => anchor.node.index !== index && anchor.node.values.place.has(nodes[index].id),
    );
    if (inside.length > 1) return inside;
  }
  return anchors;
}

function fitMap(shown = anchors) {
  const { width, height } = mapSize();
  const xs = shown.map((a) => a.x);
  const ys = shown.map((a) => a.y);
  const [w, h_] = [Math.max(...xs) - Math.min(...xs) || 50, Math.max(...ys) - Math.min(...ys) || 50];
  chart.scale = Math.min((width - 200) / w, (height - 240) / h_);
  chart.centre = { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 };
}

function toScreen(point) {
  const { width, height } = mapSize();
  return {
    x: width / 2 + (point.x - chart.centre.x) * chart.scale,
    y: height / 2 + (point.y - chart.centre.y) * chart.scale,
  };
}

// Sunflowers of things, one per place, pushed apart where places are too near: each keeps a line to its true point.
function clusters(byPlace) {
  const all = anchors
    .filter((anchor) => matches(anchor.node.values) || byPlace.get(anchor.node.index).length)
    .map((anchor) => {
      const here = byPlace.get(anchor.node.index);
      const things = [...here]
        .sort((a, b) => rankOf.get(a) - rankOf.get(b))
        .slice(0, MOST_AT_A_PLACE)
        .sort((a, b) => nodes[a].kind - nodes[b].kind || rankOf.get(a) - rankOf.get(b));
      const true_ = toScreen(anchor);
      const more = here.length - things.length;
      return { anchor, things, more, true_, x: true_.x, y: true_.y, r: 14 + 15 * Math.sqrt(things.length) };
    });
  const rounds = all.length > 100 ? 8 : 60;
  for (let round = 0; round < rounds; round += 1) for (const a of all) for (const b of all) if (a !== b) part(a, b);
  return all;
}

function part(a, b) {
  const [dx, dy] = [b.x - a.x || 0.1, b.y - a.y || 0.1];
  const distance = Math.hypot(dx, dy);
  const lack = a.r + b.r + 8 - distance;
  if (lack <= 0) return;
  const share = b.things.length / (a.things.length + b.things.length || 1);
  a.x -= (dx / distance) * lack * share * 0.5;
  a.y -= (dy / distance) * lack * share * 0.5;
  b.x += (dx / distance) * lack * (1 - share) * 0.5;
  b.y += (dy / distance) * lack * (1 - share) * 0.5;
}

function mapSpots(groups) {
  const spots = [];
  for (const cluster of groups) {
    const { node } = cluster.anchor;
    spots.push({
      index: node.index,
      x: cluster.x,
      y: cluster.y,
      r: 11,
      reach: cluster.r - 2,
      weight: 1e5 + cluster.things.length,
      strong: true,
      more: cluster.more ? ` +${cluster.more}` : "",
    });
    for (const [k, index] of cluster.things.entries()) {
      const [angle, reach] = [(k + 1) * Math.PI * (3 - Math.sqrt(5)), 14 + 13 * Math.sqrt(k + 0.6)];
      spots.push({
        index,
        x: cluster.x + reach * Math.cos(angle),
        y: cluster.y + reach * Math.sin(angle),
        r: 7,
        weight: -rankOf.get(index),
      });
    }
  }
  return spots;
}

function mapMark(spot, ego) {
  const node = nodes[spot.index];
  const kind = kinds[node.kind];
  const chosen = state.select === node.id;
  const faded = (ego && !ego.has(node.index)) || (state.fade && !matches(node.values));
  const mark = svg(
    "g",
    {
      class: `mark${faded ? " faded" : ""}`,
      tabindex: 0,
      role: "button",
      "aria-label": `${name(node)}${spot.more ?? ""}, ${kindName(kind)}`,
      "aria-pressed": String(chosen),
      transform: `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`,
    },
    svg("title", {}, name(node)),
    svg("circle", { r: 12, class: "touch" }),
    chosen && svg("circle", { r: spot.r + 6, class: "chosen" }),
    svg("path", { d: SHAPES[kind.shape], transform: `scale(${spot.r})`, fill: colourOf(kind), class: "shape" }),
  );
  mark.addEventListener("click", () => !chart.moved && show(node.id));
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    show(node.id);
  });
  return mark;
}

function mapName(label) {
  const written = svgLabel(label);
  written.addEventListener("click", () => !chart.moved && show(nodes[label.index].id));
  return written;
}

// Each line is a text of its own: the direction of a part of a text is not heeded.
function svgLabel(label) {
  const style = {
    "text-anchor": "middle",
    "font-family": FONT,
    "font-size": label.size ?? (label.strong ? LABEL.size + 1 : LABEL.size),
    "font-weight": label.strong ? 700 : 500,
    class: label.kind ?? "name",
    "aria-hidden": "true",
  };
  const x = (label.x + label.w / 2).toFixed(1);
  const line = (text, row) => {
    const y = (label.y + (row + 0.78) * LABEL.line).toFixed(1);
    return svg("text", { x, y, direction: lineDirection(text, label.lines) }, text);
  };
  return svg("g", style, label.lines.map(line));
}

function coast() {
  const path = (ring) =>
    `M${ring
      .map(([lon, lat]) => toScreen(project(lon, lat)))
      .map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
      .join("L")}Z`;
  return (data.outline.land ?? []).map((ring) => svg("path", { d: path(ring), class: "land" }));
}

function mapLinks(spots) {
  const chosen = selection();
  const list = pathShown()
    ? [...pathShown().edges]
    : (chosen?.node?.links ?? (chosen?.edge ? [chosen.edge.index] : []));
  return list.flatMap((link) => {
    const [from, to] = [
      spots.find((spot) => spot.index === edges[link].f),
      spots.find((spot) => spot.index === edges[link].t),
    ];
    return from && to
      ? [
          svg("line", {
            x1: from.x,
            y1: from.y,
            x2: to.x,
            y2: to.y,
            class: `line ${statusOf(edges[link])}`,
            "stroke-dasharray": DASH[statusOf(edges[link])] ?? "",
          }),
        ]
      : [];
  });
}

function renderMap() {
  if (!anchors.length) return replace("map", h("p", { class: "empty-view" }, t("noMap")));
  if (!chart.centre) fitMap(homeAnchors());
  const focused = document.activeElement?.closest?.(".mark")?.getAttribute("aria-label");
  const { byPlace, lost } = thingsAt(state.fade ? new Set(nodes.keys()) : matching().nodes);
  replace("map", mapDrawing(clusters(byPlace)), mapNote(lost));
  if (focused) document.querySelector(`#map [aria-label="${CSS.escape(focused)}"]`)?.focus();
}

function mapDrawing(groups) {
  const { width, height } = mapSize();
  const spots = mapSpots(groups);
  const chosen = selection()?.node;
  const ego = pathShown()?.nodes ?? (chosen ? new Set(neighbourhood(chosen.index, state.depth).keys()) : null);
  const named_ = ego ? spots.filter((spot) => spot.strong || ego.has(spot.index)) : spots;
  const viewBox = `0 0 ${width} ${height}`;
  return svg(
    "svg",
    { width, height, viewBox, role: "group", "aria-label": t("map"), id: "map-drawing", direction: "ltr" },
    svg("rect", { width, height, class: "sea" }),
    coast(),
    groups.map((c) => [
      svg("line", { x1: c.true_.x, y1: c.true_.y, x2: c.x, y2: c.y, class: "leader" }),
      svg("circle", { cx: c.true_.x, cy: c.true_.y, r: 2.5, class: "point" }),
      svg("circle", { cx: c.x, cy: c.y, r: c.r, class: "halo" }),
    ]),
    mapLinks(spots),
    spots.map((spot) => mapMark(spot, ego)),
    placeLabels(measure, named_, { width, height }).map(mapName),
  );
}

function mapNote(lost) {
  const { title } = data.outline;
  const notes = [lost > 0 && t("unplaced", { n: lost }), title && t("mapNote", { x: `\u2068${title}\u2069` })];
  return h("p", { class: "map-note" }, notes.filter(Boolean).join(" · "));
}
