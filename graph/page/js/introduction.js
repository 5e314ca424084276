// What the record says while nothing is selected: the dataset, and where to begin.
import { claims, data, edges, isPictured, nodes, pictured, sources } from "./data.js";
import { bdi, h, isWeb, outward } from "./dom.js";
import { nodeLink } from "./evidence.js";
import { ranked } from "./model.js";
import { natureNames, sourceName } from "./names.js";
import { pathForm } from "./pathrecord.js";
import { tourList } from "./tours.js";
import { bare, date, labelled, t } from "./words.js";

export function introduction() {
  const { info } = data;
  return [
    h("div", { class: "head" }, h("h2", { tabindex: "-1" }, bdi(...labelled(info.title, info.name)))),
    h("p", bdi(...labelled(info.description))),
    totals(),
    nodes.length > pictured.length && pictured.length > 0 && drawnOfAll(),
    pictured.length ? h("p", { class: "pick" }, t("pick")) : beginning(),
    tourList(),
    pictured.length > 1 && pathForm(),
    edges.some((edge) => edge.c.length > 1) && h("p", { class: "dim" }, t("counted")),
    pictured.length > 0 && mostLinkedList(),
    sources.length > 0 && sourceList(),
    h("p", { class: "dim" }, t("version"), " ", bdi(info.version), " · ", t("licence"), " ", licenceLink(info.licence)),
  ];
}

// What the curators of a dataset without a text do next.
function beginning() {
  const steps = ["firstSource", "firstClaims", "thenBuild"].map((key) => h("li", t(key)));
  return h("section", h("h3", t(nodes.length ? "unread" : "nothing")), h("ol", { class: "steps" }, steps));
}

function totals() {
  const counts_ = { things: nodes.length, links: edges.length, claims: claims.length, sources: sources.length };
  const entries = Object.entries(counts_).map(([key, n]) => h("div", h("dt", t(key)), h("dd", String(n))));
  return h("dl", { class: "totals" }, entries);
}

function drawnOfAll() {
  const links = edges.filter((edge) => isPictured(edge.f)).length;
  return h("p", { class: "dim" }, t("drawnOfAll", { n: pictured.length, k: links }));
}

// By the number of links that the table gives too.
function mostLinkedList() {
  const number = (node) => h("span", { class: "number" }, String(node.links.length));
  const first = ranked.map((index) => nodes[index]).sort((a, b) => b.links.length - a.links.length);
  const entries = first.slice(0, 8).map((node) => h("li", nodeLink(node, number(node))));
  return h("section", h("h3", t("mostLinked")), h("ul", { class: "links" }, entries));
}

// What a source is, who published it, what was read of it with which tool, and how much it says.
export function sourceFacts(source) {
  const count = claims.filter((claim) => sources[claim.src] === source).length;
  const said = [
    ...natureNames(source),
    source.publisher,
    source.extractor && t("extractor", { x: source.extractor }),
    t("claims_n", { n: count }),
  ].filter(Boolean);
  return said.map((each, index) => [index > 0 && " · ", bdi(each)]);
}

function sourceList() {
  const entry = (source) => {
    const called = bdi(sourceName(source));
    return h(
      "li",
      isWeb(source.url) ? outward(source.url, {}, called) : called,
      h("p", { class: "dim" }, source.issued && `${date(source.issued)} · `, sourceFacts(source)),
    );
  };
  return h("details", h("summary", t("sources")), h("ul", { class: "links" }, sources.map(entry)));
}

function licenceLink(licence) {
  return isWeb(licence) ? outward(licence, { dir: "ltr" }, bare(licence)) : bdi(licence ?? "");
}
