// The text with what was read in it: where each line stands, what was decided of it, and what is selected.
import { $, bdi, button, h, put } from "../js/dom.js";
import { t } from "../js/words.js";
import { takeSelection } from "./acts.js";
import { go, look } from "./look.js";
import { languageOf, sourceName } from "./names.js";
import { rows } from "./rows.js";
import { antecedents, hasSpan, slice, sourceOf, spanOf, textOf } from "./spans.js";

// The pieces of the text that is shown: their elements, where they stand, and the lines that cover each.
const drawn = { key: "", pieces: [] };

export function renderText() {
  const source = sourceOf(look.at);
  const here = rows.filter((row) => hasSpan(row) && row.source === source);
  const ends = ["subject_at", "object_at", "period_at"].flatMap((column) => antecedents(look.at, column));
  const spans = [...here.map(spanOf), ...ends];
  const key = JSON.stringify([source, spans]);
  if (key !== drawn.key) draw(source, here, spans);
  drawn.key = key;
  put($("source"), bdi(sourceName(source)));
  for (const piece of drawn.pieces) piece.element.className = looks(piece, ends);
  $("text").querySelector(".current")?.scrollIntoView({ block: "center" });
  renderSelected();
}

function draw(source, here, spans) {
  const text = textOf(source);
  const edges = [...new Set([0, text.length, ...spans.flat()])].filter((at) => at <= text.length).sort((a, b) => a - b);
  drawn.pieces = edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1];
    const covering = here.filter((row) => Number(row.start) <= start && Number(row.end) >= end);
    covering.sort((a, b) => a.end - a.start - (b.end - b.start));
    const element = h(covering.length ? "mark" : "span", { "data-start": start }, slice(source, start, end));
    if (covering.length) element.addEventListener("click", () => pick(covering));
    return { element, start, end, covering };
  });
  const language = languageOf(source);
  $("text").lang = language;
  $("text").dir = "auto";
  put($("text"), drawn.pieces.map((piece) => piece.element));
}

function looks({ start, end, covering }, ends) {
  const classes = covering.slice(0, 1).map((row) => row.decision);
  if (covering.some((row) => row.kind === "claim")) classes.push("claim");
  if (covering.includes(look.at)) classes.push("current");
  if (ends.some(([from, to]) => from <= start && end <= to)) classes.push("end");
  return classes.filter(Boolean).join(" ");
}

// A click chooses the shortest line there, and the next one where that is looked at already.
function pick(covering) {
  if (!document.getSelection().isCollapsed) return;
  go(covering[(covering.indexOf(look.at) + 1) % covering.length]);
}

function renderSelected() {
  const isHere = look.selected?.[0] === sourceOf(look.at) && hasSpan(look.at);
  const take = (column, word) => button(() => takeSelection(column), { class: "small" }, t(word));
  const claim = isHere && look.at.kind === "claim";
  put(
    $("selected"),
    isHere && take("", "takeSelection"),
    claim && take("subject_at", "namesSubject"),
    claim && take("object_at", "namesObject"),
  );
}

// A place in the text, in code points from its beginning.
function pointOf(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[offset] ?? node.lastChild;
    const after = offset >= node.childNodes.length;
    return child ? pointOf(child, after ? (child.data ?? child.childNodes).length : 0) : 0;
  }
  return Number(node.parentElement.dataset.start) + [...node.data.slice(0, offset)].length;
}

export function wireText() {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!$("text").contains(range.commonAncestorContainer)) return;
    const source = sourceOf(look.at);
    const text = textOf(source);
    let [start, end] = [pointOf(range.startContainer, range.startOffset), pointOf(range.endContainer, range.endOffset)];
    while (start < end && /\s/u.test(text[start])) start += 1;
    while (start < end && /\s/u.test(text[end - 1])) end -= 1;
    look.selected = start < end ? [source, start, end] : null;
    renderSelected();
  });
}

