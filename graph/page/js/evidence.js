// Who says so: a claim with its status, its source, its date and the passage it was read from.
import { ofClaim } from "./citations.js";
import { citeAndReport, reportOnClaim } from "./citing.js";
import { wordsAt } from "./copies.js";
import { byEdgeKey, claims, data, inferences, kinds, nodes, sources } from "./data.js";
import { bdi, h, isWeb, outward } from "./dom.js";
import { asserted, passages } from "./model.js";
import {
  name,
  natureNames,
  objectName,
  propertyName,
  sentence,
  sourceName,
  statusLabel,
  subjectName,
} from "./names.js";
import { isPromise, isSilent, later, newest } from "./promises.js";
import { icon } from "./shapes.js";
import { address, show, state, update } from "./state.js";
import { date, inLanguage, joinWords, languageName, period, t } from "./words.js";

export function statusChip(status) {
  const [text, lang] = statusLabel(status);
  return h("span", { class: `status ${status}`, lang }, text);
}

// The source, opened at the passage where the text was given at build time, else at its beginning.
function sourceLink(claim) {
  const source = sources[claim.src];
  if (!isWeb(source.url)) return null;
  const at = claim.fragment ? `${source.url.split("#")[0]}#:~:text=${claim.fragment}` : source.url;
  return outward(at, {}, t(claim.fragment ? "openPassage" : "openSource"));
}

function position(claim) {
  if (claim.at) return joinWords(passages(claim).map(({ at }) => characters(at)));
  return claim.rec ? t("record", { x: `\u2068${claim.rec}\u2069` }) : "";
}

// Where passages stand, with their words where the text was given.
export function spans(list, source) {
  return list.map(({ at, q }, index) => [
    index > 0 && t("comma"),
    wordsLink(source, at),
    (q ?? wordsAt(source, at)) && [" ", h("q", { dir: "auto", lang: source.language }, q ?? wordsAt(source, at))],
  ]);
}

export const characters = (at) => t("characters", { a: at[0], b: at[1] });

// Characters of a text, and the way to them in the reader's own copy of it.
export function wordsLink(source, at) {
  const target = { view: "texts", text: source.id, at: at.join("-") };
  const go = (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    update(target);
    document.querySelector("#texts .lit")?.focus({ preventScroll: true });
  };
  return h("a", { href: address({ ...state, ...target }), class: "words", onclick: go }, characters(at));
}

// Where that is named which a passage only refers to.
export function endsNamed(passage, claim) {
  const ends = { subject: subjectName, object: objectName };
  const said = (end) => (end === "period" ? t("dated") : t("implied", { x: ends[end](claim) }));
  return Object.entries(passage.named ?? {}).map(([end, list]) =>
    h("p", { class: "dim" }, said(end), " · ", spans(list, sources[claim.src])),
  );
}

// The words of a passage, and of what it refers to.
function quotation(passage, claim, source, { placed }) {
  const words = passage.q ?? wordsAt(source, passage.at);
  return [
    placed && h("p", { class: "position" }, wordsLink(source, passage.at)),
    words && h("blockquote", { dir: "auto", lang: source.language }, words),
    endsNamed(passage, claim),
  ];
}

function sourceNamed(source) {
  const natures = natureNames(source);
  return [bdi(sourceName(source)), natures.length > 0 && ` (${joinWords(natures)})`];
}

// What another source says that cannot hold at the same time, and which source that is.
function otherwise(number, index) {
  const other = claims[number];
  return [index > 0 && t("comma"), bdi(sentence(other)), " (", bdi(sourceName(sources[other.src])), ")"];
}

const foreign = (tag) => tag && tag !== state.lang && ` (${languageName(tag)})`;

// What curators decided between this claim and another, or to withdraw it: what became of each, why, who and when.
function decisionsOn(claim) {
  return data.decisions
    .filter((each) => each.c.some((index) => claims[index] === claim))
    .map(({ c, why, by, on }) =>
      h(
        "div",
        { class: "decision" },
        h("p", t("decisions"), t("colon"), bdi(by), " · ", h("time", { datetime: on }, date(on))),
        h("p", bdi(...why), foreign(why[1])),
        c.map((index) => h("p", claimLink(claims[index]), " ", statusChip(claims[index].st))),
      ),
    );
}

// What other sources say of a promise, later or without a date, or that none of ours comes back to it.
function outcome(claim) {
  if (!isPromise(claim)) return null;
  if (isSilent(claim)) return h("p", { class: "silence" }, t("silence", { x: date(newest) }));
  const told = later(claim).filter((each) => each.st !== claim.st || each.v !== claim.v);
  const when = ({ src }) => ` – ${sources[src].issued ? date(sources[src].issued) : t("undated")}`;
  return (
    told.length > 0 &&
    h(
      "p",
      { class: "outcome" },
      t("outcome"),
      " ",
      told.map((each, index) => [
        index > 0 && t("comma"),
        bdi(`${propertyName(each.p)} ${objectName(each)}`),
        " ",
        statusChip(each.st),
        when(each),
      ]),
    )
  );
}

export function evidence(claim, { spoken = false } = {}) {
  const [source, said] = [sources[claim.src], passages(claim)];
  const day = source.issued && date(source.issued);
  const when = day && !sourceName(source).includes(day) && h("time", { datetime: source.issued }, day);
  return h(
    "div",
    { class: "evidence", id: `claim-${claim.id}` },
    spoken && h("p", bdi(sentence(claim))),
    h(
      "p",
      claim.said && [statusChip(claim.said), " "],
      statusChip(claim.st),
      " ",
      !asserted(claim) && h("em", t("notAsserted")),
    ),
    (claim.from || claim.until) && h("p", t("holds"), " ", period(claim.from, claim.until), !claim.until && !asserted(claim) && [" ", statusChip(claim.st)]),
    claim.n && h("p", t("corroborated", { n: claim.n })),
    claim.against && h("p", t("otherwise"), " ", claim.against.map(otherwise)),
    decisionsOn(claim),
    outcome(claim),
    h(
      "p",
      { class: "source" },
      sourceNamed(source),
      when && [" · ", when],
      said.length < 2 && [
        " · ",
        h("span", { class: "position" }, said.length ? wordsLink(source, said[0].at) : position(claim)),
      ],
    ),
    said.map((passage) => quotation(passage, claim, source, { placed: said.length > 1 })),
    h(
      "div",
      { class: "actions" },
      sourceLink(claim),
      citeAndReport(
        () => ofClaim(claim),
        () => reportOnClaim(claim),
      ),
    ),
  );
}

// Why an inferred link holds: its rule, and the claims (or further inferences) that the rule joined.
export function reasons(inference, depth = 0) {
  if (depth > 4) return null;
  const rule = inLanguage(data.rules[inference.rule], inference.rule);
  return h(
    "div",
    { class: "evidence inferred" },
    h("p", statusChip("inferred"), " ", t("byRule"), " ", bdi(rule)),
    !asserted(inference) && h("p", statusChip(inference.st), " ", h("em", t("notAsserted"))),
    h("p", t("fromClaims")),
    h(
      "ul",
      inference.c.map((index) => h("li", evidence(claims[index], { spoken: true }))),
      inference.i.map((index) => h("li", reasons(inferences[index], depth + 1))),
    ),
  );
}

export const evidenceCounted = (edge) => t("evidence") + (edge.c.length > 1 ? ` (${edge.c.length})` : "");

export function edgeEvidence(edge) {
  return [...edge.c.map((index) => evidence(claims[index])), ...(edge.why ?? []).map((each) => reasons(each))];
}

// A claim as a link to its record.
export function claimLink(claim) {
  const edge = byEdgeKey.get([nodes[claim.s]?.id, claim.p, nodes[claim.o]?.id].join("~"));
  const key = edge?.key ?? nodes[claim.s]?.id;
  const said = bdi(sentence(claim));
  if (!key) return said;
  const open = (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    show(key);
  };
  return h("a", { href: address({ ...state, select: key, from: "", to: "", path: 0, compare: "" }), onclick: open }, said);
}

export function nodeLink(node, extra) {
  const open = (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    show(node.id);
  };
  return h(
    "a",
    { href: address({ ...state, select: node.id, from: "", to: "", path: 0, compare: "" }), class: "thing", onclick: open },
    icon(kinds[node.kind]),
    bdi(name(node)),
    extra,
  );
}
