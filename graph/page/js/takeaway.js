// Take away: the view as a picture or as data, the page printed or embedded elsewhere.
import { ofClaim, ofDataset, ofThing } from "./citations.js";
import { citationButtons, citationShown, citationText } from "./citing.js";
import { csvOf } from "./csv.js";
import { claims, data, nodes } from "./data.js";
import { button, copyButton, download, h, replace } from "./dom.js";
import { pngBlob, svgText } from "./picture.js";
import { address, selection, served, state } from "./state.js";
import { jsonldOf, turtleOf } from "./triples.js";
import { currentView } from "./view.js";
import { inLanguage, t } from "./words.js";

const give = (content, suffix, type) => download(content, `${data.info.name}-${state.view}.${suffix}`, type);

const TAKE = {
  svg: () => give(svgText(), "svg", "image/svg+xml"),
  png: async () => give(await pngBlob(), "png"),
  csv: () => give(csvOf(currentView().claims), "csv", "text/csv;charset=utf-8"),
  turtle: () => give(turtleOf(currentView().nodes, currentView().claims), "ttl", "text/turtle;charset=utf-8"),
  jsonld: () => give(jsonldOf(currentView().nodes, currentView().claims), "jsonld", "application/ld+json"),
  print: () => print(),
};

// What is cited: the thing or the claims of the link that is picked, else the dataset.
function cited() {
  const chosen = selection();
  if (chosen?.node) return ofThing(chosen.node);
  const behind = chosen?.edge?.c ?? [];
  const items = behind.flatMap((index) => ofClaim(claims[index]));
  return items.length ? [...new Map(items.map((item) => [item.id, item])).values()] : ofDataset();
}

// What a variant of the page offers besides: functions that give an element, or nothing.
export const MORE = [];

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

export function renderTakeAway() {
  const giving = (key, label, lang = "en") => button(() => TAKE[key](), { "data-take": key, lang }, label);
  const drawing = nodes.length > 0 && (state.view === "network" || state.view === "map");
  replace(
    "take-panel",
    h("h2", t("takeAway")),
    drawing && h("h3", t("picture")),
    drawing && h("div", { class: "row" }, giving("png", "PNG"), giving("svg", "SVG")),
    h("h3", t("dataOf")),
    h("div", { class: "row" }, giving("csv", "CSV"), giving("turtle", "Turtle"), giving("jsonld", "JSON-LD")),
    MORE.map((make) => make()),
    h(
      "div",
      { class: "row" },
      copyButton("copyLink", () => new URL(address(), location.href).href),
      giving("print", t("print"), state.lang),
    ),
    h("h3", t("cite")),
    h("div", { class: "dim" }, citationShown(cited())),
    h("div", { class: "row" }, copyButton("copyTurtle", () => citationText(cited())), citationButtons(cited)),
    h("h3", t("embed")),
    h("p", { class: "dim" }, t("embedHelp")),
    h("pre", { dir: "ltr", lang: "en", tabindex: "0", "aria-label": t("embed"), id: "snippet" }, embedSnippet()),
    copyButton("copyTurtle", embedSnippet),
  );
}
