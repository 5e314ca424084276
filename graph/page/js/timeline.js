// What has a date: things with a dated fact, and the sources when they were published.
import { claims, group, nodes, sources } from "./data.js";
import { bdi, h, isWeb, nothingHere, outward, replace } from "./dom.js";
import { evidence, nodeLink, statusChip } from "./evidence.js";
import { matching } from "./filter.js";
import { propertyName, sourceAbout, sourceName } from "./names.js";
import { state } from "./state.js";
import { date, t } from "./words.js";

const DATED = /^xsd:(date|dateTime|gYear|gYearMonth)$/;

function datedEntries() {
  const kept = matching().nodes;
  const facts = claims.filter((claim) => claim.s !== undefined && kept.has(claim.s) && DATED.test(claim.dt ?? ""));
  const entries = facts.map((claim) => ({ when: claim.v, claim }));
  const passing = (source) => !state.source.length || state.source.includes(source.id);
  entries.push(
    ...sources.filter((source) => source.issued && passing(source)).map((source) => ({ when: source.issued, source })),
  );
  return entries.sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
}

function timelineEntry({ when, claim, source }) {
  const stamp = h("time", { datetime: when }, date(when));
  if (claim)
    return h(
      "li",
      stamp,
      h(
        "div",
        nodeLink(nodes[claim.s]),
        h("p", { class: "dim" }, bdi(propertyName(claim.p)), " ", statusChip(claim.st)),
        h("details", h("summary", t("evidence")), evidence(claim)),
      ),
    );
  const count = claims.filter((each) => sources[each.src] === source).length;
  const said = bdi(sourceName(source));
  return h(
    "li",
    { class: "issue" },
    stamp,
    h(
      "div",
      isWeb(source.url) ? outward(source.url, {}, said) : said,
      h("p", { class: "dim" }, `${t("published")} · ${t("claims_n", { n: count })}`),
      datesSaid(source),
    ),
  );
}

function datesSaid(source) {
  const said = claims.filter((claim) => sourceAbout(claim) === source);
  return (
    said.length > 0 &&
    h(
      "details",
      h("summary", t("evidence")),
      said.map((claim) => evidence(claim, { spoken: true })),
    )
  );
}

export function renderTimeline() {
  const entries = datedEntries();
  if (!entries.length) return replace("timeline", nothingHere("noDates"));
  const years = [...group(entries, (entry) => entry.when.slice(0, 4))];
  replace(
    "timeline",
    h("h2", { class: "view-title" }, t("timeline")),
    years.map(([year, list]) =>
      h("section", h("h3", { class: "year" }, year), h("ol", { class: "line-of-time" }, list.map(timelineEntry))),
    ),
  );
}
