// Where things stand in the texts: in code points, as the tables count them.
import { data } from "../js/given.js";
import { rows } from "./rows.js";

const points = Object.fromEntries(Object.entries(data.texts).map(([source, text]) => [source, [...text]]));

export const sourceOf = (row) => (row.kind === "source" ? row.id : row.source);
export const textOf = (source) => points[source] ?? [];
export const slice = (source, start, end) => textOf(source).slice(start, end).join("");
export const hasSpan = (row) => row.kind !== "source";
export const spanOf = (row) => [Number(row.start), Number(row.end)];

// The passages that name the ends which a claim only refers to: `[start, end]` each.
export const antecedents = (row, column) =>
  row[column] ? row[column].split("|").map((span) => span.split("-").map(Number)) : [];

// The cells that change where a line is moved to other characters.
export function moved(row, start, end) {
  const next = { ...row, start: String(start), end: String(end) };
  const cells = [
    [row, "start", next.start],
    [row, "end", next.end],
    [row, "words", slice(row.source, start, end)],
  ];
  if (row.kind !== "claim") return cells;
  return [...cells, ...["subject", "object"].map((end_) => [row, `${end_}_at`, placed(next, end_)])];
}

// Where an end of a claim is named: nothing is said where its own passage does, else the nearest place before it.
export function placed(row, end) {
  const id = row[end];
  const [from, to] = spanOf(row);
  const at = namings(row.source, id);
  if (!at.length || at.some(([start, stop]) => start >= from && stop <= to)) return "";
  const before = at.filter(([start]) => start < from).sort((a, b) => b[0] - a[0]);
  return (before[0] ?? at[0]).join("-");
}

function namings(source, id) {
  const known = data.mentions.filter(([entity, there]) => entity === id && there === source);
  const found = rows.filter(
    (row) => row.kind === "mention" && row.id === id && row.source === source && row.decision !== "refuse",
  );
  return [...known.map(([, , start, end]) => [start, end]), ...found.map(spanOf)];
}

// One end of a span moved by a word: `by` is -1 for the word before, 1 for the one after; null where there is none.
export function byWord(row, end, by) {
  const text = textOf(row.source);
  const isGap = (at) => /\s/u.test(text[at] ?? " ");
  const span = spanOf(row);
  let at = span[end === "start" ? 0 : 1];
  const inside = () => at > 0 && at < text.length;
  if (by < 0 ? at <= 0 : at >= text.length) return null;
  at += by;
  // A start rests where a word begins, an end where one stops.
  const rests = () => (end === "start" ? isGap(at - 1) && !isGap(at) : isGap(at) && !isGap(at - 1));
  while (inside() && !rests()) at += by;
  const moved_ = end === "start" ? [at, span[1]] : [span[0], at];
  return moved_[0] < moved_[1] ? moved_ : null;
}
