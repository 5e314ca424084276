// Take away: the view as a picture (SVG, PNG) or as data, the page printed or embedded elsewhere.
function networkSvg() {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  const at = canvas.network.getPositions([...look.shownNodes]);
  const strong = emphasised();
  return svg(
    "svg",
    { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, direction: "ltr" },
    svg("rect", { width, height, fill: look.colours.ground }),
    [...look.shownEdges].map((index) => edgePath(edges[index], strong)),
    [...strong].filter((index) => look.shownEdges.has(index)).map(arrowHead),
    [...look.shownNodes].map((index) => nodePath(index, at[index])),
    [...look.written, ...look.labels].map((label) => fill(svgLabel(label), lettering(), [])),
  );
}

const lettering = () => ({
  fill: look.colours.ink,
  stroke: look.colours.ground,
  "stroke-width": 3,
  "paint-order": "stroke",
  "stroke-linejoin": "round",
});

function nodePath(index, at) {
  const { x, y } = screen(at.x, at.y);
  const scale = canvas.network.getScale();
  const r = nodeRadius(index, scale) * scale;
  const kind = kinds[nodes[index].kind];
  const shape = {
    d: SHAPES[kind.shape],
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${r.toFixed(2)})`,
    fill: colourOf(kind),
    stroke: look.colours.ground,
    "stroke-width": 0.2,
    opacity: isFaded(index) ? 0.2 : 1,
  };
  const { transform } = shape;
  const hole = kind.shape === "ring" && svg("path", { d: SHAPES.circle, transform, fill: look.colours.ground });
  return [hole, svg("path", shape, svg("title", {}, name(nodes[index])))];
}

function arrowHead(index) {
  const head = headOf(index);
  const turn = ((head?.angle ?? 0) * 180) / Math.PI;
  const place = head && `translate(${head.x.toFixed(1)} ${head.y.toFixed(1)}) rotate(${turn.toFixed(1)})`;
  return head && svg("path", { class: "head", d: "M0 0L-9-4V4Z", transform: place, fill: look.colours["edge-strong"] });
}

function edgePath(edge, strong) {
  const { from, bend, to } = curveOf(edge.index);
  const look_ = edgeLook(edge, strong);
  return svg("path", {
    d: `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`,
    fill: "none",
    stroke: look_.color.color,
    "stroke-opacity": look_.color.opacity,
    "stroke-width": look_.width,
    "stroke-dasharray": DASH[edge.s] || null,
  });
}

// The map's drawing takes its colours from the style sheet: write them into the copy, which has none.
function mapSvg() {
  const copy = $("map-drawing").cloneNode(true);
  const from = [$("map-drawing"), ...$("map-drawing").querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  for (const [index, element] of from.entries()) {
    const style = getComputedStyle(element);
    for (const key of ["fill", "stroke", "stroke-width", "opacity", "paint-order"])
      to[index].setAttribute(key, style.getPropertyValue(key));
    for (const key of ["tabindex", "role", "class", "id"]) to[index].removeAttribute(key);
  }
  copy.setAttribute("xmlns", SVG);
  return copy;
}

const viewSvg = () => framed(state.view === "map" && $("map-drawing") ? mapSvg() : networkSvg());
const svgText = () => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(viewSvg())}\n`;

function download(content, suffix, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = h("a", { href: URL.createObjectURL(blob), download: `${data.info.name}-${state.view}.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

async function pngBlob() {
  const source = viewSvg();
  const [width, height] = [Number(source.getAttribute("width")), Number(source.getAttribute("height"))];
  const image = new Image();
  const url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(source)], { type: "image/svg+xml" }));
  image.src = url;
  await image.decode();
  const board = h("canvas", { width: width * 2, height: height * 2 });
  board.getContext("2d").drawImage(image, 0, 0, width * 2, height * 2);
  URL.revokeObjectURL(url);
  return new Promise((done) => board.toBlob(done, "image/png"));
}

const TAKE = {
  svg: () => download(svgText(), "svg", "image/svg+xml"),
  png: async () => download(await pngBlob(), "png"),
  csv: () => download(csvOf(currentView().claims), "csv", "text/csv;charset=utf-8"),
  turtle: () => download(turtleOf(currentView().nodes, currentView().claims), "ttl", "text/turtle;charset=utf-8"),
  jsonld: () => download(jsonldOf(currentView().nodes, currentView().claims), "jsonld", "application/ld+json"),
  print: () => print(),
};

function embedSnippet() {
  const file = served ? location.href.split("#")[0] : "index.html";
  const frame = h("iframe", {
    src: `${file}${address({ ...state, embed: true, lang: state.lang })}`,
    width: "100%",
    height: "600",
    title: inLanguage(data.info.title, data.info.name),
    loading: "lazy",
  });
  return frame.outerHTML;
}

function renderTakeAway() {
  const button = (key, label) => {
    const made = h("button", { type: "button", "data-take": key, lang: "en" }, label);
    made.addEventListener("click", () => TAKE[key]());
    return made;
  };
  const printing = button("print", t("print"));
  printing.setAttribute("lang", state.lang);
  const drawing = nodes.length > 0 && (state.view === "network" || state.view === "map");
  replace(
    "take-panel",
    h("h2", {}, t("takeAway")),
    drawing && h("h3", {}, t("picture")),
    drawing && h("div", { class: "row" }, button("png", "PNG"), button("svg", "SVG")),
    h("h3", {}, t("dataOf")),
    h("div", { class: "row" }, button("csv", "CSV"), button("turtle", "Turtle"), button("jsonld", "JSON-LD")),
    h(
      "div",
      { class: "row" },
      copyButton("copyLink", () => new URL(address(), location.href).href),
      printing,
    ),
    h("h3", {}, t("embed")),
    h("p", { class: "dim" }, t("embedHelp")),
    h("pre", { dir: "ltr", lang: "en", tabindex: "0", "aria-label": t("embed"), id: "snippet" }, embedSnippet()),
    copyButton("copyTurtle", embedSnippet),
  );
}
