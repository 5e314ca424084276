// The promise tracker: a lane for each work or programme, from what was announced to what was opened, each dot its proof.
import { nodes } from "./data.js";
import { bdi, button, h, put } from "./dom.js";
import { evidence, nodeLink } from "./evidence.js";
import { group } from "./group.js";
import { asserted } from "./model.js";
import { objectName, propertyName, statusName } from "./names.js";
import { lanes } from "./promises.js";
import { date, isRightToLeft, t } from "./words.js";

const opened = { lane: "", dot: "" };
const APART = 9.5; // per cent of a lane: what a dot takes on the narrowest screen; nearer ones stand in rows
const ROW = 27; // pixels

const years = (when) => {
  const [year, month = "6", of = "15"] = when.split("-");
  return Number(year) + (Number(month) - 1) / 12 + (Number(of) - 1) / 365;
};

function said({ step, claim }) {
  if (step === "announced" && claim.p !== "stage") return statusName(claim.st);
  const what = claim.p === "stage" ? objectName(claim) : propertyName(claim.p);
  return asserted(claim) ? what : `${what} (${statusName(claim.st)})`;
}

// The lanes of the things that are kept by the filters; nothing where the data has no works.
export function laneSection(kept) {
  const shown = [...lanes()].filter(([thing]) => kept.has(thing));
  const dates = shown.flatMap(([, steps]) => steps.map(({ when }) => when)).filter(Boolean);
  if (!shown.length) return null;
  const [first, last] = [Math.floor(Math.min(...dates.map(years))), Math.ceil(Math.max(...dates.map(years)) + 0.1)];
  const place = (when) => (100 * (years(when) - first)) / (last - first);
  const every = Math.ceil((last - first) / 6);
  const ticks = [];
  for (let year = first; year <= last; year += every)
    ticks.push(placed(h("span", String(year)), place(`${year}-01-01`)));
  return h(
    "section",
    { class: "lanes" },
    h("h3", t("lanes")),
    dates.length > 0 && h("p", { class: "axis", "aria-hidden": "true" }, ticks),
    h(
      "ul",
      shown.map(([thing, steps]) => lane(nodes[thing], steps, place)),
    ),
  );
}

function placed(element, where) {
  element.style.insetInlineStart = `${where}%`;
  return element;
}

// Steps of one kind at one time are one dot, whoever says so; its evidence opens under the lane.
function lane(node, steps, place) {
  const box = h("div");
  const kinds = [...group(steps, keyOf)].map(([key, list]) => ({ key, when: list[0].when, dot: dotOf(key, list, () => open(key)) }));
  const undated = kinds.filter(({ when }) => !when).map(({ dot }) => h("li", dot, ` ${dot.title}`));
  const without = undated.length > 0 && h("ul", { class: "undated dim" }, undated);
  const made = h("li", { class: "lane" }, nodeLink(node), track(kinds, place), story(steps), without, box);
  const show = () => {
    const key = opened.lane === node.id ? opened.dot : null;
    for (const dot of made.querySelectorAll(".dot")) dot.setAttribute("aria-expanded", String(dot.dataset.dot === key));
    const said_ = steps.filter((step) => keyOf(step) === key);
    put(
      box,
      said_.map(({ claim }) => evidence(claim, { spoken: true })),
    );
  };
  const open = (key) => {
    const again = opened.lane === node.id && opened.dot === key;
    Object.assign(opened, again ? { lane: "", dot: "" } : { lane: node.id, dot: key });
    show();
  };
  show();
  return made;
}

const keyOf = ({ step, when }) => `${step} ${when}`;

function dotOf(key, list, open) {
  const [{ step, when }] = list;
  const label = `${when ? date(when) : t("undated")} – ${[...new Set(list.map(said))].join(" · ")}`;
  return button(open, { class: `dot ${step}`, "aria-label": label, title: label, "data-dot": key });
}

// The dots that have a date, each at its place in time.
function track(kinds, place) {
  const rows = []; // where the last dot of each stands
  const dated = kinds.filter(({ when }) => when).map(({ when, dot }) => ({ at: place(when), dot }));
  const dots = dated.sort((a, b) => a.at - b.at).map(({ at, dot }) => {
    const row = [...rows, Number.NEGATIVE_INFINITY].findIndex((last) => at - last >= APART);
    rows[row] = at;
    dot.style.marginBlockStart = `${row * ROW}px`;
    return h("li", placed(dot, at));
  });
  const made = dots.length > 0 && h("ol", { class: "track" }, dots);
  if (made) made.style.blockSize = `${3 + rows.length * ROW}px`;
  return made;
}

// The lane in words: when each step was first told.
function story(steps) {
  const first = new Map();
  for (const each of steps) if (each.when && !first.has(said(each))) first.set(said(each), each);
  const arrow = isRightToLeft() ? " ← " : " → ";
  const part = ([words, { when }], index) => [index > 0 && arrow, bdi(words), `${t("colon")}${date(when)}`];
  return h("p", { class: "story dim" }, [...first].map(part));
}
