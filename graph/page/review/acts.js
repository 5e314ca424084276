// What a curator does: each act is one step, said aloud, and leads on to what is next.
import { announce, download } from "../js/dom.js";
import { data } from "../js/given.js";
import { joinWords, languageName, t } from "../js/words.js";
import { decision, isDecided, missing, renaming } from "./deciding.js";
import { go, look, nextOpen, refresh } from "./look.js";
import { spokenText } from "./names.js";
import { change, file, rows, undo } from "./rows.js";
import { hasSpan, moved, placed, sourceOf } from "./spans.js";

const DECIDED = { accept: "accepted", refuse: "refused", "": "reopened" };
export const OPEN = { accept: () => decide("accept"), refuse: () => decide("refuse"), reopen: () => decide("") };

export const missingNames = (row) => joinWords(missing(row).map(languageName));
export const counted = () => {
  const n = rows.filter(isDecided).length;
  return t("progress", { n, m: rows.length, k: rows.length - n });
};

function decide(decided) {
  const row = look.at;
  const n = change(decision(row, decided), row);
  const told = [t(DECIDED[decided])];
  if (n > 1) told.push(t("alongWith", { n: n - 1 }));
  if (decided === "accept" && missing(row).length) {
    announce([...told, t("missing", { x: missingNames(row) })].join(" "));
    return refresh("missing");
  }
  if (!decided) {
    announce(told.join(" "));
    return refresh("pick");
  }
  next(told);
}

// Go to the next open line, and say what was done and what comes.
export function next(told = []) {
  const open = nextOpen();
  const coming = open ? spokenText(open) : rows.every(isDecided) ? t("allDecided") : t("noneLeftHere");
  announce([...told, counted(), coming].join(" "));
  go(open ?? look.at);
}

export function takeBack() {
  const row = undo();
  announce(row ? `${t("takenBack")} ${spokenText(row)}` : t("nothingToUndo"));
  if (row) go(row);
}

// Set one cell of the line, and what goes with it.
export function correct(column, text) {
  set(column, text);
  refresh();
}

export function set(column, text) {
  const row = look.at;
  change(row.kind === "entity" && column === "id" ? renaming(row, text.trim()) : [[row, column, text.trim()], ...beside(row, column, text)], row);
}

// An end that is another thing is named elsewhere.
function beside(row, column, text) {
  if (row.kind !== "claim" || !["subject", "object"].includes(column)) return [];
  return [[row, `${column}_at`, placed({ ...row, [column]: text }, column)]];
}

export function move(span) {
  if (!span || !hasSpan(look.at)) return;
  change(moved(look.at, ...span), look.at);
  announce(look.at.words);
  refresh();
}

// The characters that are selected in the text become the passage of the line, or name an end of its claim.
export function takeSelection(column = "") {
  const [source, ...span] = look.selected ?? [];
  if (source !== sourceOf(look.at) || !hasSpan(look.at)) return announce(t("selectFirst"));
  look.selected = null;
  document.getSelection().removeAllRanges();
  if (!column) return move(span);
  correct(column, span.join("-"));
  announce(t("done"));
}

// Take another thing that the words may name; the one that was proposed stays at hand.
export function choose(index) {
  const row = look.at;
  const ids = row.candidates.split("|").filter(Boolean);
  if (!ids[index]) return;
  const id = ids[index];
  ids[index] = row.id;
  change([[row, "id", id], [row, "candidates", ids.join("|")]], row);
  announce(spokenText(row));
  refresh();
}

export function takeFile() {
  download(file(), data.file, "text/csv;charset=utf-8");
  announce(t("downloaded", { x: data.file }));
  refresh();
}
