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
  if (!dates.length) return null;
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
    h("p", { class: "axis", "aria-hidden": "true" }, ticks),
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
  const at = ([, [{ when }]]) => (when ? place(when) : 100);
  const kinds = [...group(steps, ({ step, when }) => `${step} ${when}`)].sort((a, b) => at(a) - at(b));
  const rows = []; // where the last dot of each stands
  const dots = kinds.map((kind) => {
    const [key, list] = kind;
    const [{ step, when }] = list;
    const label = `${when ? date(when) : t("undated")} – ${[...new Set(list.map(said))].join(" · ")}`;
    const dot = button(() => open(key), { class: `dot ${step}`, "aria-label": label, title: label, "data-dot": key });
    const row = [...rows, Number.NEGATIVE_INFINITY].findIndex((last) => at(kind) - last >= APART);
    rows[row] = at(kind);
    dot.style.marginBlockStart = `${row * ROW}px`;
    return h("li", placed(dot, at(kind)));
  });
  const track = h("ol", { class: "track" }, dots);
  track.style.blockSize = `${3 + rows.length * ROW}px`;
  const made = h("li", { class: "lane" }, nodeLink(node), track, story(steps), box);
  const show = () => {
    const key = opened.lane === node.id ? opened.dot : null;
    for (const dot of made.querySelectorAll(".dot")) dot.setAttribute("aria-expanded", String(dot.dataset.dot === key));
    const said_ = steps.filter(({ step, when }) => `${step} ${when}` === key);
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

// The lane in words: when each step was first told.
function story(steps) {
  const first = new Map();
  for (const each of steps) if (!first.has(said(each))) first.set(said(each), each);
  const arrow = isRightToLeft() ? " ← " : " → ";
  const part = ([words, { when }], index) => [index > 0 && arrow, bdi(words), when && `${t("colon")}${date(when)}`];
  return h("p", { class: "story dim" }, [...first].map(part));
}
