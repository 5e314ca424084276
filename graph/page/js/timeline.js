// What has a date: things with a dated fact or for a period, and the sources when they were published.
import { claims, nodes, sources } from "./data.js";
import { bdi, h, isWeb, nothingHere, outward, replace } from "./dom.js";
import { evidence, nodeLink, statusChip } from "./evidence.js";
import { claimMatches, filtering, matching, whyEmpty } from "./filter.js";
import { group } from "./group.js";
import { sourceFacts } from "./introduction.js";
import { laneSection } from "./lanes.js";
import { isDated, objectName, propertyLabel, sourceAbout, sourceName } from "./names.js";
import { lanes } from "./promises.js";
import { date, period, t } from "./words.js";

function datedEntries() {
  const kept = matching().nodes;
  const passing = claims.filter(claimMatches);
  const said = passing.filter((claim) => kept.has(claim.s));
  const lasting = said.filter((claim) => claim.from || claim.until);
  const entries = [
    ...said.filter(isDated).map((claim) => ({ when: claim.v, claim })),
    ...lasting.map((claim) => ({ when: claim.from || claim.until, claim })),
  ];
  const telling = filtering() ? [...said, ...passing.filter((claim) => kept.has(claim.o))].map(({ src }) => src) : [...sources.keys()];
  const published = [...new Set(telling)].map((number) => sources[number]).filter((source) => source.issued);
  entries.push(...published.map((source) => ({ when: source.issued, source })));
  return entries.sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : 0));
}

// The claims that stand on the timeline: with a date of their own, of a source's date, or a step of a lane.
export function shownClaims() {
  const kept = matching().nodes;
  const entries = datedEntries();
  const dated = entries.flatMap(({ claim, source }) => claim ?? claims.filter((each) => sourceAbout(each) === source));
  const steps = [...lanes()].flatMap(([thing, found]) => (kept.has(thing) ? found.map(({ claim }) => claim) : []));
  return [...new Set([...dated, ...steps])];
}

function timelineEntry({ when, claim, source }) {
  const lasts = claim?.from || claim?.until;
  const stamp = h("time", { datetime: when }, lasts ? period(claim.from, claim.until) : date(when));
  if (claim)
    return h(
      "li",
      stamp,
      h(
        "div",
        nodeLink(nodes[claim.s]),
        h(
          "p",
          { class: "dim" },
          bdi(...propertyLabel(claim.p)),
          " ",
          lasts && [bdi(objectName(claim)), " "],
          statusChip(claim.st),
        ),
        h("details", h("summary", t("evidence")), evidence(claim)),
      ),
    );
  const said = bdi(sourceName(source));
  return h(
    "li",
    { class: "issue" },
    stamp,
    h(
      "div",
      isWeb(source.url) ? outward(source.url, {}, said) : said,
      h("p", { class: "dim" }, `${t("published")} · `, sourceFacts(source)),
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
  if (!entries.length) return replace("timeline", nothingHere(whyEmpty("noDates")));
  const years = [...group(entries, (entry) => entry.when.slice(0, 4))];
  replace(
    "timeline",
    h("h2", { class: "view-title" }, t("timeline")),
    laneSection(matching().nodes),
    years.map(([year, list]) =>
      h("section", h("h3", { class: "year" }, year), h("ol", { class: "line-of-time" }, list.map(timelineEntry))),
    ),
  );
}
