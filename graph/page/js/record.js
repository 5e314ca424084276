// The record of what is selected: a thing with all that is said of it, or a link with its claims.
import { factItems } from "./card.js";
import { ofThing } from "./citations.js";
import { citeAndReport, reportOnThing } from "./citing.js";
import { comparison, compareField } from "./compare.js";
import { byId, claims, data, isPictured, kinds, nodes, sources } from "./data.js";
import { $, bdi, button, code, copyButton, h, isWeb, outward, put } from "./dom.js";
import { edgeEvidence, evidence, evidenceCounted, nodeLink, spans, statusChip } from "./evidence.js";
import { group } from "./group.js";
import { introduction } from "./introduction.js";
import { claimsOf, entityIri, linksOf, other, statusOf } from "./model.js";
import { isDated, name, objectName, propertyLabel, propertyName, sentence, sourceName } from "./names.js";
import { pathRecord } from "./pathrecord.js";
import { phaseAt, phaseName } from "./phase.js";
import { icon } from "./shapes.js";
import { letGo, selection, state, update } from "./state.js";
import { turtleOf } from "./triples.js";
import { bare, capitalised, inLanguage, isRightToLeft, joinWords, languageName, t } from "./words.js";

const drawn = { key: "" };

export function renderRecord() {
  const chosen = selection();
  const content =
    state.from || state.to
      ? [heading(t("howLinked")), ...pathRecord()]
      : chosen?.node
        ? nodeRecord(chosen.node)
        : chosen?.edge
          ? edgeRecord(chosen.edge)
          : introduction();
  const panel = $("record");
  const within = panel.contains(document.activeElement) && !state.from && !state.to;
  const same = drawn.key === state.select;
  drawn.key = state.select;
  put(panel, content);
  panel.scrollTop = 0;
  document.body.classList.toggle("with-record", Boolean(chosen || state.from || state.to));
  if (chosen || state.from || state.to) closeAbout();
  if (within && !same) panel.querySelector("h2")?.focus();
}

// The record of what is picked and is not held here.
export function fillRecord(title, ...content) {
  put($("record"), heading(title), ...content);
  document.body.classList.add("with-record");
  closeAbout();
}

// On a phone the introduction waits behind a button, and makes way for the record of what is chosen.
function closeAbout() {
  $("record-side").classList.remove("open");
  $("about-toggle").setAttribute("aria-expanded", "false");
}

function heading(...children) {
  const close = button(letGo, { class: "round", "aria-label": t("close") }, "×");
  return h("div", { class: "head" }, h("h2", { tabindex: "-1" }, ...children), close);
}

function nodeRecord(node) {
  const kind = kinds[node.kind];
  const classes = (node.classes ?? []).map((each) => inLanguage(data.classes[each], each));
  const called = capitalised(joinWords(classes)) + (phaseName(node) ? ` (${phaseName(node)})` : "");
  return [
    heading(bdi(name(node))),
    h("p", { class: "kind" }, icon(kind, 18, phaseAt(node.index)), h("span", { class: "grow" }, called)),
    factItems(node),
    isPictured(node.index) ? nodeActions(node) : h("p", { class: "dim" }, t("onlyListed")),
    compareField(node),
    byId.has(state.compare) ? comparison(node) : saidOf(node),
    h("p", { class: "dim iri" }, t("address"), " ", code(entityIri(node))),
    turtleDetails(() => turtleOf([node.index], claimsOf(node))),
    citeAndReport(
      () => ofThing(node),
      () => reportOnThing(node),
    ),
  ];
}

function saidOf(node) {
  return [
    otherNames(node),
    mentionList(node),
    factList(node),
    groups(node, "outgoing", (edge) => edge.f === node.index),
    groups(node, "incoming", (edge) => edge.t === node.index && edge.f !== node.index),
    held(node),
    asideList(node),
  ];
}

function nodeActions(node) {
  const depths = [1, 2, 3].map((depth) =>
    button(
      () => update({ depth }, { replace: true }),
      { "aria-pressed": String(state.depth === depth), "data-key": `depth-${depth}` },
      String(depth),
    ),
  );
  const from = () => update({ from: node.id, to: "", path: 0, select: "" });
  return h(
    "div",
    { class: "row" },
    h(
      "div",
      { class: "switch", role: "group", "aria-label": t("neighbours") },
      h("span", { class: "label" }, t("neighbours")),
      depths,
    ),
    button(from, { "data-key": "linked" }, t("howLinked")),
  );
}

function otherNames(node) {
  const rows = [...new Set([...data.info.languages, ...Object.keys(node.label)])]
    .filter((lang) => node.label[lang])
    .map((lang) => [lang, [node.label[lang], ...(node.alt[lang] ?? [])]]);
  return h(
    "dl",
    { class: "names", "aria-label": t("names") },
    rows.map(([lang, texts]) => [
      h("dt", { lang }, languageName(lang)),
      h(
        "dd",
        bdi(texts[0], lang),
        node.translated.includes(lang) && h("small", { class: "note" }, ` ${t("ownTranslation")}`),
        texts.slice(1).map((text) => h("small", { class: "alt" }, bdi(text, lang))),
      ),
    ]),
  );
}

// Where the texts name it.
function mentionList(node) {
  if (!node.mentions) return null;
  const bySource = group(node.mentions, ([source]) => source);
  return h(
    "details",
    { class: "fact mentions" },
    h("summary", t("mentions", { n: node.mentions.length })),
    [...bySource].map(([number, list]) => {
      const source = sources[number];
      const at = list.map(([, span]) => span);
      return h("p", bdi(sourceName(source)), " · ", spans(at, source));
    }),
  );
}

function factList(node) {
  const facts = node.facts.filter((index) => !node.aside.includes(index));
  if (!facts.length) return null;
  const rows = facts.map((index) => {
    const claim = claims[index];
    return h(
      "details",
      { class: "fact" },
      h(
        "summary",
        h("span", { class: "dim" }, propertyName(claim.p)),
        " ",
        isLink(claim) ? code(bare(claim.v)) : value(claim),
        claim.st !== "stated" && [" ", statusChip(claim.st)],
        differing([index]),
      ),
      isLink(claim) && h("p", value(claim)),
      evidence(claim),
    );
  });
  return h("section", h("h3", t("facts")), rows);
}

// What other sources say instead of these claims, in the row that says them.
function differing(list) {
  const others = [...new Set(list.flatMap((index) => claims[index].against ?? []))].map((index) => objectName(claims[index]));
  return others.length > 0 && h("small", { class: "note" }, " ", t("otherwise"), " ", bdi(joinWords([...new Set(others)])));
}

// What curators withdrew, or prefer another claim to: described in full, and no fact.
function asideList(node) {
  if (!node.aside.length) return null;
  const rows = node.aside.map((index) => {
    const claim = claims[index];
    const far = nodes[claim.s === node.index ? claim.o : claim.s];
    const summary = h("summary", bdi(sentence(claim)), " ", statusChip(claim.st));
    return h("details", { class: "fact" }, summary, far && h("p", nodeLink(far)), evidence(claim));
  });
  return h("section", { class: "aside" }, h("h3", t("notAsserted")), rows);
}

const isLink = (claim) => claim.o === undefined && !claim.dt && isWeb(claim.v);

function value(claim) {
  if (claim.o !== undefined) return bdi(name(nodes[claim.o]));
  if (isLink(claim)) return outward(claim.v, { dir: "ltr" }, claim.v);
  return isDated(claim) ? h("time", { datetime: claim.v }, objectName(claim)) : bdi(objectName(claim));
}

// The links of a thing, one group per property; each opens to its claims.
function groups(node, title, test) {
  const found = linksOf(node)
    .filter(test)
    .sort((a, b) => Boolean(a.r) - Boolean(b.r));
  if (!found.length) return null;
  const byProperty = group(found, (edge) => edge.p);
  return h(
    "section",
    h("h3", t(title)),
    [...byProperty].map(([property, list]) => [
      h(
        "h4",
        title === "incoming" && h("span", { "aria-hidden": "true" }, isRightToLeft() ? "→ " : "← "),
        bdi(...propertyLabel(property)),
        h("span", { class: "number" }, ` ${list.length}`),
      ),
      h(
        "ul",
        { class: "links" },
        list.map((edge) => linkEntry(edge, nodes[other(edge, node.index)])),
      ),
    ]),
  );
}

// The places in a place that are not drawn: many, and each has its own record, so they wait until they are asked for.
function held({ holds }) {
  if (!holds.length) return null;
  const compare = new Intl.Collator(state.lang).compare;
  const details = h("details", { class: "fact" }, h("summary", t("alsoThere", { n: holds.length })));
  const list = () => holds.map((index) => nodes[index]).sort((a, b) => compare(name(a), name(b)));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1)
      details.append(h("ul", { class: "links" }, list().map((each) => h("li", nodeLink(each)))));
  });
  return details;
}

function linkEntry(edge, far) {
  const status = statusOf(edge);
  const summary = h("summary", { "aria-label": t("evidenceOf", { x: name(far) }) }, evidenceCounted(edge));
  const details = h("details", summary);
  details.addEventListener(
    "toggle",
    () => details.open && details.children.length === 1 && details.append(...edgeEvidence(edge)),
  );
  return h("li", h("div", { class: "row" }, nodeLink(far), status !== "stated" && statusChip(status), differing(edge.c)), details);
}

function edgeRecord(edge) {
  const [from, to] = [nodes[edge.f], nodes[edge.t]];
  return [
    heading(bdi(capitalised(propertyName(edge.p)))),
    h(
      "div",
      { class: `triple ${statusOf(edge)}` },
      nodeLink(from),
      h(
        "p",
        { class: "arrow" },
        h("span", { "aria-hidden": "true" }, "↓ "),
        bdi(...propertyLabel(edge.p)),
        " ",
        statusChip(statusOf(edge)),
      ),
      nodeLink(to),
    ),
    h("h3", edge.c.length ? t("claims_n", { n: edge.c.length }) : t("inferred")),
    edgeEvidence(edge),
    turtleDetails(() => turtleOf([edge.f, edge.t], edge.c)),
  ];
}

function turtleDetails(give) {
  const details = h("details", { class: "turtle" }, h("summary", t("turtle")));
  details.addEventListener("toggle", () => {
    if (!details.open || details.children.length > 1) return;
    const text = give();
    details.append(
      copyButton("copyTurtle", () => text),
      h("pre", { dir: "ltr", lang: "en", tabindex: "0", "aria-label": "Turtle" }, text),
    );
  });
  return details;
}
