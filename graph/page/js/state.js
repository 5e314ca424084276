// What is looked at, kept in the address: every state is a link, and Back and Forward walk through them.
import { byEdgeKey, byId, data, sourceById } from "./data.js";
import { state as spoken } from "./given.js";

export const VIEWS = []; // their names, which views.js declares
export const FACETS = ["layer", "kind", "sector", "place", "status", "source"];

export const state = Object.assign(spoken, {
  marked: [],
  view: "network",
  select: "",
  depth: 1,
  fade: false,
  from: "",
  to: "",
  path: 0,
  table: "things",
  rows: "",
  question: "",
  with: [],
  query: "",
  compare: "",
  text: "",
  at: "",
  tour: "",
  step: 1,
  theme: "",
  embed: false,
});

for (const facet of FACETS) state[facet] = [];
const DEFAULTS = { ...state };
const listeners = [];

// What a step of a tour shows stands in the tour: an address that names it alone says as much as the whole one.
const OF_THE_READER = ["tour", "step", "lang", "theme", "embed"];

function touring(given, next) {
  const tour = data.tours.find((each) => each.id === given.get("tour"));
  if (!tour) return;
  const step = Number.parseInt(given.get("step") ?? "1", 10);
  Object.assign(next, { tour: tour.id, step: tour.steps[step - 1] ? step : 1 });
  if ([...given.keys()].some((key) => !OF_THE_READER.includes(key))) return;
  for (const [key, value] of new URLSearchParams(tour.steps[next.step - 1].at)) given.set(key, value);
}

export function parseState(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const next = { ...DEFAULTS };
  touring(given, next);
  for (const key of ["select", "from", "to", "question", "query", "rows", "compare"]) next[key] = given.get(key) ?? "";
  for (const facet of FACETS) next[facet] = (given.get(facet) ?? "").split(",").filter(Boolean);
  next.with = (given.get("with") ?? "").split(",").filter(Boolean);
  next.marked = (given.get("marked") ?? "").split(",").filter((id) => byId.has(id));
  next.lang = data.info.languages.includes(given.get("lang")) ? given.get("lang") : DEFAULTS.lang;
  next.view = VIEWS.includes(given.get("view")) ? given.get("view") : "network";
  next.depth = ["1", "2", "3"].includes(given.get("depth")) ? Number(given.get("depth")) : 1;
  next.path = Number.parseInt(given.get("path") ?? "0", 10) || 0;
  next.table = given.get("table") === "links" ? "links" : "things";
  next.theme = ["light", "dark"].includes(given.get("theme")) ? given.get("theme") : "";
  next.text = sourceById.get(given.get("text"))?.length ? given.get("text") : "";
  next.at = next.text && /^\d{1,12}-\d{1,12}$/.test(given.get("at")) ? given.get("at") : "";
  next.fade = given.has("fade");
  next.embed = given.has("embed");
  for (const key of ["from", "to", "compare"]) if (!byId.has(next[key])) next[key] = "";
  if (next.select && !selection(next.select) && !elsewhere) next.select = "";
  return next;
}

export function address(of = state) {
  const parts = [];
  for (const [key, value] of Object.entries(of)) {
    // The browser of whoever gets the link may speak another language: an address that says anything says its own.
    if (key !== "lang" && String(value) === String(DEFAULTS[key])) continue;
    parts.push(value === true ? key : `${key}=${[value].flat().map(encodeURIComponent).join(",")}`);
  }
  return `#${parts.join("&")}`;
}

export const served = /^https?:$/.test(location.protocol);

// Whether what an overview does not hold can be asked of who serves it.
export const elsewhere = served && Boolean(data.info.of);

// Where this is seen: on the web its address; a file on somebody's disk keeps to itself where it lies, and names the
// place that the dataset gives, if it gives one.
export function seenAt(shown = {}) {
  const page = served ? location.href.split("#")[0] : data.info.address;
  return page ? [`${page}${address({ ...state, ...shown })}`] : [];
}

// The thing or the link that an address names: {node} or {edge}.
export function selection(key = state.select) {
  if (byId.has(key)) return { node: byId.get(key) };
  return byEdgeKey.has(key) ? { edge: byEdgeKey.get(key) } : null;
}

export function update(patch, { replace: instead = false } = {}) {
  const before = { ...state };
  Object.assign(state, patch);
  const next = address();
  if (next !== (location.hash || "#")) {
    const whole = location.href.split("#")[0] + next; // in a frame with srcdoc, "#…" alone would be of the page around it
    if (instead) history.replaceState(null, "", whole);
    else history.pushState(null, "", whole);
  }
  tell(before);
}

// Show another state for a moment, without a trace in the address.
export function glimpse(next) {
  const before = { ...state };
  Object.assign(state, next);
  tell(before);
}

function tell(before) {
  const changed = new Set(Object.keys(state).filter((key) => String(state[key]) !== String(before[key])));
  if (changed.size) for (const listener of listeners) listener(changed);
}

export function readAddress() {
  const before = { ...state };
  Object.assign(state, parseState(location.hash));
  tell(before);
}

export const onChange = (listener) => listeners.push(listener);
const NOTHING_CHOSEN = { select: "", from: "", to: "", path: 0, compare: "" };
export const show = (key) => update({ ...NOTHING_CHOSEN, select: key, marked: [] });
export const showTogether = (found) =>
  update({ ...NOTHING_CHOSEN, view: "network", marked: found.map((node) => node.id) });
export const letGo = () => update(NOTHING_CHOSEN);
