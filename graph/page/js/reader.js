// The texts: what is cited of each, and, in the reader's own copy, every word of it that says or names something.
import { copies, citedIn, differences, takeCopy } from "./copies.js";
import { sources } from "./data.js";
import { $, announce, button, h, isWeb, nothingHere, outward, put, replace, svg } from "./dom.js";
import { characters } from "./evidence.js";
import { claimLine, directionOf, light, wordsOf } from "./highlights.js";
import { sourceFacts } from "./introduction.js";
import { sourceName } from "./names.js";
import { renderRecord } from "./record.js";
import { state, update } from "./state.js";
import { date, number, t } from "./words.js";

const texts = sources.filter((source) => source.length);
export const chosenText = () => texts.find((source) => source.id === state.text) ?? texts[0];
const drawn = { key: "" };

export function renderTexts() {
  if (!texts.length) return replace("texts", nothingHere("noTexts"));
  const source = chosenText();
  const key = JSON.stringify([state.lang, source.id, copies.has(source.id)]);
  if (drawn.key !== key) {
    drawn.key = key;
    replace(
      "texts",
      h("h2", { class: "view-title" }, t("texts")),
      picker(source),
      aboutSource(source),
      copies.has(source.id) ? [copyRead(source), wordsOf(source)] : [copyForm(source), passageList(source)],
    );
  }
  light(source);
}

function picker(source) {
  const choose = (event) => update({ text: event.target.value, at: "" });
  const options = texts.map((each) => h("option", { value: each.id, selected: each === source }, sourceName(each)));
  return h("label", { class: "source-picker" }, h("span", t("source")), h("select", { onchange: choose }, options));
}

function aboutSource(source) {
  return h(
    "p",
    { class: "dim" },
    source.issued && `${date(source.issued)} · `,
    sourceFacts(source),
    isWeb(source.url) && [" · ", outward(source.url, {}, t("openSource"))],
  );
}

// Where one's own copy is given: pasted, dropped, or chosen as a file.
function copyForm(source) {
  const area = h("textarea", { rows: 4, dir: "auto", spellcheck: "false", lang: source.language });
  const said = h("p", { role: "status" });
  const take = (text) => text && check(text, source, said);
  const choose = () => file.files[0] && read(file.files[0], take, said);
  const file = h("input", { type: "file", accept: "text/*,.txt", class: "offscreen", onchange: choose });
  const drop = (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const given = event.dataTransfer.files[0];
    if (given) read(given, take, said);
    else take(event.dataTransfer.getData("text/plain"));
  };
  const over = (event) => {
    event.preventDefault();
    form.classList.toggle("over", event.type === "dragover");
  };
  const showing = button(() => take(area.value), {}, t("showCopy"));
  const form = h(
    "section",
    { class: "copy", ondrop: drop, ondragover: over, ondragleave: over },
    h("p", t("copyHelp")),
    h("label", h("span", t("yourCopy")), area),
    h("div", { class: "row" }, showing, h("label", { class: "file" }, t("orFile"), file)),
    said,
  );
  return form;
}

async function read(file, take, said) {
  try {
    take(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()));
  } catch {
    put(said, t("notText"));
  }
}

async function check(text, source, said) {
  const going = () => said.isConnected;
  put(said, t("checking", { p: 0 }));
  await takeCopy(text, source, (part) => going() && put(said, t("checking", { p: Math.round(100 * part) })) && true);
  if (!going() || !copies.has(source.id)) return;
  renderTexts();
  renderRecord();
  $("copy-said").focus();
  announce($("copy-said").textContent);
}

// What the copy is: the very text, or how far it departs from it and which claims its words still prove.
function copyRead(source) {
  const { points, exact } = copies.get(source.id);
  const forget = () => {
    copies.delete(source.id);
    renderTexts();
    renderRecord();
    $("texts").querySelector("textarea").focus();
  };
  const items = citedIn(source).filter((item) => item.says.length);
  const gone = exact ? [] : differences(source);
  const claimed = (list) => new Set(list.flatMap((item) => item.says));
  const all = claimed(items);
  const kept = claimed(items.filter((item) => copies.get(source.id).place.has(item.key)));
  const values = { n: number(points.length), m: number(source.length), k: number(kept.size), a: number(all.size) };
  return h(
    "section",
    { class: `copy ${exact ? "exact" : "other"}` },
    h("p", { id: "copy-said", tabindex: "-1" }, t(exact ? "exactCopy" : "otherCopy", values)),
    gone.length > 0 &&
      h(
        "details",
        { open: true },
        h("summary", t("lostWords", { n: gone.flatMap((each) => each.items).length })),
        h("ul", gone.map(lostEntry)),
      ),
    h("p", { class: "key" }, KEY.map(keyEntry)),
    h("div", { class: "row" }, button(forget, {}, t("removeCopy"))),
  );
}

const KEY = [
  ["w-says", "citedWords"],
  ["w-names", "namedWords"],
  ["w-uncited", "uncitedWords"],
];

const keyEntry = ([kind, word]) => [h("span", { class: kind }, t(word)), " "];

function lostEntry({ items, at }) {
  const go = () => document.querySelector(`[data-gap="${at.join("-")}"]`)?.focus();
  return h(
    "li",
    button(go, { class: "small" }, t("departs", { a: at[0], b: at[1] })),
    items.flatMap((item) => item.says.map((claim) => claimLine(claim, item))),
  );
}

// Without a copy: every cited passage in the order of the text, where it stands, and what it proves.
function passageList(source) {
  const entry = (item) =>
    h(
      "li",
      { "data-at": item.key, tabindex: "-1" },
      h("p", { class: "dim" }, placeSaid(source, item.at)),
      item.says.map((claim) => claimLine(claim, item)),
    );
  const items = citedIn(source).filter((item) => item.says.length);
  return [strip(source, items), h("ol", { class: "passages" }, items.map(entry))];
}

const placeSaid = (source, at) =>
  `${characters(at)} · ${t("wayIn", { p: number(Math.round((100 * at[0]) / source.length)) })}`;

// The whole text as one line, and what of it is cited.
function strip(source, items) {
  const x = (offset) => ((1000 * offset) / source.length).toFixed(1);
  const path = items.map(({ at }) => `M${x(at[0])} 0V10H${x(at[1])}V0z`).join("");
  const shape = { viewBox: "0 0 1000 10", preserveAspectRatio: "none", class: `strip ${directionOf(source)}` };
  return svg("svg", { ...shape, "aria-hidden": "true" }, svg("path", { d: path }));
}
