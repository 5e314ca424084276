// The line that is looked at, in full: what it says and why, and all that can be decided and corrected of it.
import { bdi, button, code, h } from "../js/dom.js";
import { data } from "../js/given.js";
import { capitalised, languageName, t } from "../js/words.js";
import { OPEN, choose, correct, missingNames, move, next, set } from "./acts.js";
import { missing } from "./deciding.js";
import { go, look, refresh } from "./look.js";
import { className, languageOf, nameOf, percent, propertyName, sentence, sourceName, statusName } from "./names.js";
import { antecedents, byWord, hasSpan, slice } from "./spans.js";
import { thingField } from "./things.js";

export const ACTS = [
  ["accept", "A"],
  ["refuse", "R"],
  ["reopen", "O"],
];

function choices(ids, name) {
  const { compare } = new Intl.Collator(document.documentElement.lang);
  return ids.map((id) => [id, capitalised(name(id))]).sort(([, a], [, b]) => compare(a, b));
}

function text(column, label, attributes = {}) {
  const row = look.at;
  const input = h("input", { "data-field": column, type: "text", dir: "auto", value: look.at[column], ...attributes });
  input.addEventListener("change", () => correctSoon(row, column, input.value));
  input.addEventListener("keydown", (event) => event.key === "Enter" && leave(event));
  return h("label", label, input);
}

function select(column, label, options) {
  const row = look.at;
  const all = options.some(([id]) => id === look.at[column]) ? options : [[look.at[column], look.at[column]], ...options];
  const made = h(
    "select",
    { "data-field": column },
    all.map(([id, name]) => h("option", { value: id, selected: id === look.at[column] }, name)),
  );
  made.addEventListener("change", () => correctSoon(row, column, made.value));
  return h("label", label, made);
}

const thing = (column, label) => thingField(column, label, look.at[column], (id) => correct(column, id));

// A field that is left is drawn anew only once the focus, or the press that took it, has come to its button.
const pointer = { down: false };
for (const [type, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]])
  addEventListener(type, () => Object.assign(pointer, { down }), true);

function correctSoon(row, column, value) {
  if (row !== look.at) return;
  set(column, value);
  if (pointer.down) addEventListener("pointerup", () => setTimeout(refresh), { once: true });
  else setTimeout(refresh);
}

// Enter leaves a field for the next name that is missing, and an accepted line that lacks none for the next open one.
function leave(event) {
  event.preventDefault();
  const row = look.at;
  row === look.at && correct(event.target.dataset.field, event.target.value);
  if (missing(row).length && row.decision === "accept") refresh("missing");
  else if (row.decision === "accept") next();
  else go(row);
}

function object() {
  const { concepts, value } = data.properties[look.at.property] ?? {};
  if (concepts) return select("object", t("object"), choices(concepts, (id) => nameOf(id)[0]));
  return value ? text("object", t("object")) : thing("object", t("object"));
}

const names = (column, word) =>
  data.info.names.map((language) => text(`${column}_${language}`, t(word, { x: languageName(language) }), { lang: language }));

const FIELDS = {
  source: () => [names("title", "titleIn"), text("publisher", t("publisher")), text("issued", t("issued")), text("url", t("webAddress"), { dir: "ltr" })],
  entity: () => [names("label", "nameIn"), select("class", t("itsClass"), choices(Object.keys(data.classes), className)), text("id", t("address"), { dir: "ltr" })],
  mention: () => thing("id", t("itsThing")),
  claim: () => [
    thing("subject", t("subject")),
    select("property", t("relation"), choices(Object.keys(data.properties), propertyName)),
    object(),
    select("status", t("status"), choices(Object.keys(data.statuses), statusName)),
    text("from", t("holdsFrom"), { dir: "ltr" }),
    text("until", t("holdsUntil"), { dir: "ltr" }),
  ],
};

// The known claim that a claim repeats or contradicts, as it stands now.
function against(row) {
  const known = data.known[row.against.replace("claim/", "")];
  if (!known) return null;
  const [subject, property, object_, status, source] = known;
  const isSame = subject === row.subject && object_ === row.object;
  return h(
    "p",
    { class: `against ${isSame ? "corroborates" : "conflicts"}` },
    h("strong", t(isSame ? "corroborates" : "conflicts")),
    " ",
    sentence(subject, property, object_),
    ` (${statusName(status)} · `,
    bdi(sourceName(source)),
    ")",
  );
}

function candidates(row) {
  const ids = row.candidates.split("|").filter(Boolean);
  if (row.kind !== "mention" || !ids.length) return null;
  return h(
    "div",
    { class: "row", role: "group", "aria-label": t("candidates") },
    h("span", { class: "dim" }, t("candidates")),
    ids.map((id, index) =>
      button(() => choose(index), { class: "small", "data-field": `candidate-${index}` }, bdi(...nameOf(id)), " ", h("kbd", { "aria-hidden": "true" }, index + 1)),
    ),
  );
}

// Where the passage stands, and its ends moved word by word.
function passage(row) {
  if (!hasSpan(row)) return null;
  const shift = (end, by, sign, word) =>
    button(() => move(byWord(row, end, by)), { class: "small", "data-field": word, "aria-label": t(word), title: t(word) }, sign);
  return [
    h("blockquote", { dir: "auto", lang: languageOf(row.source) }, row.words),
    ["subject_at", "object_at"].flatMap((column) =>
      antecedents(row, column).map(([start, end]) =>
        h("p", { class: "dim" }, t(column === "subject_at" ? "namedSubject" : "namedObject"), " ", h("q", { lang: languageOf(row.source) }, slice(row.source, start, end))),
      ),
    ),
    h(
      "div",
      { class: "row" },
      h("span", { class: "dim" }, t("characters", { a: row.start, b: row.end })),
      shift("start", -1, "[+", "startEarlier"),
      shift("start", 1, "[−", "startLater"),
      shift("end", -1, "−]", "endEarlier"),
      shift("end", 1, "+]", "endLater"),
    ),
  ];
}

export function card(row) {
  const act = ([word, key]) =>
    button(
      OPEN[word],
      { "data-field": word, class: word === "accept" ? "primary" : null, "aria-keyshortcuts": key },
      t(word),
      " ",
      h("kbd", { "aria-hidden": "true" }, key),
    );
  return h(
    "div",
    { class: "card" },
    passage(row),
    against(row),
    candidates(row),
    row.decision === "accept" && missing(row).length > 0 && h("p", { class: "missing" }, t("missing", { x: missingNames(row) })),
    h("div", { class: "row decide" }, ACTS.filter(([word]) => word !== "reopen" || row.decision).map(act)),
    h("fieldset", h("legend", { class: "offscreen" }, t("correct")), FIELDS[row.kind]()),
    h("p", { class: "dim" }, t("howSure", { x: percent(row.confidence) }), " · ", t("atLine", { n: row.line }), row.cue && [" · ", code(row.cue)]),
  );
}
