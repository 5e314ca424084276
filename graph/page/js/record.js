// The record of what is selected: a thing with all that is said of it, or a link with its claims.
function renderRecord() {
  const chosen = selection();
  const content =
    state.from || state.to
      ? pathRecord()
      : chosen?.node
        ? nodeRecord(chosen.node)
        : chosen?.edge
          ? edgeRecord(chosen.edge)
          : introduction();
  const panel = $("record");
  const keep = panel.contains(document.activeElement) && !state.from && !state.to;
  panel.replaceChildren(...content.flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
  document.body.classList.toggle("with-record", Boolean(chosen || state.from || state.to));
  if (chosen || state.from || state.to) closeAbout();
  if (keep) panel.querySelector("h2")?.focus();
}

// On a phone the introduction waits behind a button, and makes way for the record of what is chosen.
disclose("about-toggle", "record-side");

function closeAbout() {
  $("record-side").classList.remove("open");
  $("about-toggle").setAttribute("aria-expanded", "false");
}

function heading(...children) {
  const close = h("button", { type: "button", class: "round", "aria-label": t("close") }, "×");
  close.addEventListener("click", () => update({ select: "", from: "", to: "", path: 0 }));
  return h("div", { class: "head" }, h("h2", { tabindex: "-1" }, ...children), close);
}

function nodeRecord(node) {
  const kind = kinds[node.kind];
  const classes = (node.classes ?? []).map((each) => inLanguage(data.classes[each], each));
  return [
    heading(bdi(name(node))),
    h("p", { class: "kind" }, icon(kind, 18), h("span", { class: "grow" }, capitalised(joinWords(classes)))),
    nodeActions(node),
    otherNames(node),
    factList(node),
    groups(node, "outgoing", (edge) => edge.f === node.index),
    groups(node, "incoming", (edge) => edge.t === node.index && edge.f !== node.index),
    h("p", { class: "dim iri" }, t("address"), " ", code(entityIri(node))),
    turtleDetails(() => turtleOf([node.index], claimsOf(node))),
  ];
}

function claimsOf(node) {
  return [...new Set([...node.facts, ...node.links.flatMap((link) => edges[link].c)])].sort((a, b) => a - b);
}

function nodeActions(node) {
  const button = (label, pressed, act, key) => {
    const made = h(
      "button",
      { type: "button", "aria-pressed": pressed === undefined ? null : String(pressed), "data-key": key },
      label,
    );
    made.addEventListener("click", act);
    return made;
  };
  const depths = [1, 2, 3].map((depth) =>
    button(String(depth), state.depth === depth, () => update({ depth }, { replace: true }), `depth-${depth}`),
  );
  return h(
    "div",
    { class: "row" },
    h(
      "div",
      { class: "switch", role: "group", "aria-label": t("neighbours") },
      h("span", { class: "label" }, t("neighbours")),
      depths,
    ),
    button(t("howLinked"), undefined, () => update({ from: node.id, to: "", path: 0, select: "" }), "linked"),
  );
}

function otherNames(node) {
  const rows = [...new Set([...data.info.languages, ...Object.keys(node.label)])]
    .filter((lang) => node.label[lang])
    .map((lang) => [lang, [node.label[lang], ...(node.alt?.[lang] ?? [])]]);
  return h(
    "dl",
    { class: "names", "aria-label": t("names") },
    rows.map(([lang, texts]) => [
      h("dt", { lang }, languageName(lang)),
      h(
        "dd",
        {},
        bdi(texts[0], lang),
        (node.translated ?? []).includes(lang) && h("small", { class: "note" }, ` ${t("ownTranslation")}`),
        texts.slice(1).map((text) => h("small", { class: "alt" }, bdi(text, lang))),
      ),
    ]),
  );
}

function factList(node) {
  if (!node.facts.length) return null;
  const rows = node.facts.map((index) => {
    const claim = claims[index];
    return h(
      "details",
      { class: "fact" },
      h(
        "summary",
        {},
        h("span", { class: "dim" }, propertyName(claim.p)),
        " ",
        isLink(claim) ? code(bare(claim.v)) : value(claim),
      ),
      isLink(claim) && h("p", {}, value(claim)),
      evidence(claim),
    );
  });
  return h("section", {}, h("h3", {}, t("facts")), rows);
}

const isLink = (claim) => claim.o === undefined && !claim.dt && /^https?:\/\//.test(claim.v);
const bare = (iri) => iri.replace(/^https?:\/\/(www\.)?/, "");

function value(claim) {
  if (claim.o !== undefined) return bdi(name(nodes[claim.o]));
  if (isLink(claim))
    return h("a", { href: claim.v, target: "_blank", rel: "noopener noreferrer", dir: "ltr" }, claim.v);
  const type = claim.dt ?? "";
  if (/xsd:(date|dateTime|gYear|gYearMonth)$/.test(type)) return h("time", { datetime: claim.v }, date(claim.v));
  if (type === "xsd:integer")
    return h(
      "bdi",
      {},
      new Intl.NumberFormat(spoken().locale).format(Number(claim.v)),
    );
  return bdi(objectName(claim));
}

// The links of a thing, one group per property; each opens to its claims.
function groups(node, title, test) {
  const found = node.links
    .map((link) => edges[link])
    .filter(test)
    .sort((a, b) => Boolean(a.r) - Boolean(b.r));
  if (!found.length) return null;
  const byProperty = group(found, (edge) => edge.p);
  return h(
    "section",
    {},
    h("h3", {}, t(title)),
    [...byProperty].map(([property, list]) => [
      h(
        "h4",
        {},
        title === "incoming" && h("span", { "aria-hidden": "true" }, isRightToLeft() ? "→ " : "← "),
        bdi(propertyName(property)),
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

function linkEntry(edge, far) {
  const status = statusOf(edge);
  const summary = h(
    "summary",
    { "aria-label": t("evidenceOf", { x: name(far) }) },
    t("evidence"),
    edge.c.length > 1 && ` (${edge.c.length})`,
  );
  const details = h("details", {}, summary);
  details.addEventListener(
    "toggle",
    () => details.open && details.children.length === 1 && details.append(...edgeEvidence(edge)),
  );
  return h("li", {}, h("div", { class: "row" }, nodeLink(far), status !== "stated" && statusChip(status)), details);
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
        bdi(propertyName(edge.p)),
        " ",
        statusChip(statusOf(edge)),
      ),
      nodeLink(to),
    ),
    h("h3", {}, edge.c.length ? t("claims_n", { n: edge.c.length }) : t("inferred")),
    edgeEvidence(edge),
    turtleDetails(() => turtleOf([edge.f, edge.t], edge.c)),
  ];
}

function turtleDetails(give) {
  const details = h("details", { class: "turtle" }, h("summary", {}, t("turtle")));
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

function introduction() {
  const { info } = data;
  return [
    h("div", { class: "head" }, h("h2", { tabindex: "-1" }, bdi(inLanguage(info.title, info.name)))),
    h("p", {}, bdi(inLanguage(info.description))),
    totals(),
    h("p", { class: "pick" }, t(nodes.length ? "pick" : "nothing")),
    nodes.length > 1 && pathForm(),
    edges.some((edge) => edge.c.length > 1) && h("p", { class: "dim" }, t("counted")),
    nodes.length > 0 && mostLinkedList(),
    h("p", { class: "dim" }, t("version"), " ", bdi(info.version), " · ", t("licence"), " ", licenceLink(info.licence)),
  ];
}

function totals() {
  const counts_ = { things: nodes.length, links: edges.length, claims: claims.length, sources: sources.length };
  const entries = Object.entries(counts_).map(([key, n]) => h("div", {}, h("dt", {}, t(key)), h("dd", {}, String(n))));
  return h("dl", { class: "totals" }, entries);
}

function mostLinkedList() {
  const number = (index) => h("span", { class: "number" }, String(told(index)));
  const entries = mostLinked.slice(0, 8).map((index) => h("li", {}, nodeLink(nodes[index], number(index))));
  return h("section", {}, h("h3", {}, t("mostLinked")), h("ul", { class: "links" }, entries));
}

function licenceLink(licence) {
  if (!/^https?:/.test(licence ?? "")) return bdi(licence ?? "");
  return h("a", { href: licence, rel: "noopener noreferrer", target: "_blank", dir: "ltr" }, bare(licence));
}
