// Everything that can be searched for: things, kinds, relations, questions, tours and sources, by their names in all
// languages and by the words that describe them.
import { claims, data, edges, kinds, nodes, properties, sources } from "./data.js";
import { h, isWeb } from "./dom.js";
import { score, searched } from "./fold.js";
import { group } from "./group.js";
import { alike, slipped, sounds } from "./heard.js";
import { rankOf } from "./model.js";
import { kindName, name, sourceName } from "./names.js";
import { icon } from "./shapes.js";
import { show, showTogether, update } from "./state.js";
import { go } from "./tours.js";
import { capitalised, inLanguage } from "./words.js";

const SLIP = 0.4;
const HEARD = 0.3;
const DESCRIBED = 0.2;
const WHOLE = 0.05; // more where nothing else is in the name
const MOST = { things: 12, outside: 12 };
const MOST_OF_OTHERS = 4;

// Names as they are searched for; an identifier is too, but is never shown as a spelling: its text is empty.
function spelled(texts, id) {
  const all = [...texts].reverse().map((text) => [searched(text), text]);
  return [...new Map([...(id ? [[searched(id), ""]] : []), ...all])].map(([folded, text]) => ({ folded, text }));
}

const isProse = ({ v }) => v !== undefined && /\p{L}/u.test(v) && !v.includes(":") && !isWeb(v);
const described = (texts) => searched(texts.flatMap((each) => Object.values(each ?? {})).join(" "));

// Each has its group, its spellings, the words that describe it, what it is called now, a word beside that, and what
// happens when it is chosen. The things come first, in the order of their numbers.
const thingEntries = nodes.map((node) => ({
  group: "things",
  node,
  rank: rankOf.get(node.index),
  spellings: spelled([...Object.values(node.label), ...Object.values(node.alt).flat()], node.id),
  words: searched(
    node.facts
      .map((index) => claims[index])
      .filter(isProse)
      .map(({ v }) => v)
      .join(" "),
  ),
  called: () => name(node),
  beside: () => kindName(kinds[node.kind]),
  mark: () => icon(kinds[node.kind]),
  choose: () => show(node.id),
}));

function kindEntry([id, label]) {
  const inside = nodes.filter((node) => node.classes.includes(id) || kinds[node.kind].class === id);
  const facet = kinds.some((kind) => kind.class === id);
  const choose = () => (facet ? update({ kind: [id] }) : showTogether(inside));
  return inside.length && { group: "kind", label, number: inside.length, choose };
}

function relationEntry([id, { label, edge }]) {
  const inside = edges.filter((each) => each.p === id);
  const ends = [...new Set(inside.flatMap(({ f, t }) => [f, t]))].map((index) => nodes[index]);
  return edge && inside.length && { group: "relation", label, number: inside.length, choose: () => showTogether(ends) };
}

const questionEntry = ({ name: question, label, about, count }) => ({
  group: "questions",
  label,
  words: [about],
  number: count,
  choose: () => update({ view: "questions", question, with: [] }),
});

function tourEntry(tour) {
  return { group: "tours", label: tour.title, words: tour.steps.map(({ text }) => text), choose: () => go(tour, 1) };
}

const sourceEntry = (source) => ({
  group: "sources",
  label: source.label,
  called: () => sourceName(source),
  words: [{ publisher: source.publisher ?? "" }],
  choose: () => update(source.length ? { view: "texts", text: source.id, at: "" } : { source: [source.id] }),
});

function whole({ label, words = [], number, ...entry }, rank) {
  return {
    rank,
    spellings: spelled(Object.values(label ?? {})),
    words: described(words),
    called: () => capitalised(inLanguage(label, "")),
    beside: () => (number === undefined ? "" : h("span", { class: "number" }, String(number))),
    mark: () => null,
    ...entry,
  };
}

const otherEntries = [
  ...Object.entries(data.classes).map(kindEntry),
  ...Object.entries(properties).map(relationEntry),
  ...data.questions.map(questionEntry),
  ...data.tours.map(tourEntry),
  ...sources.map(sourceEntry),
]
  .filter(Boolean)
  .map(whole);
const entries = [...thingEntries, ...otherEntries];
export const addEntry = (entry) => entries.push(whole(entry, entries.length));

// How well an entry answers, and by which spelling.
function match({ spellings, words }, query, said) {
  let best = { score: 0 };
  for (const each of spellings) {
    const found = score(each.folded, query) || slip(each.folded, query) || heard(heardOf(each), said);
    if (found > best.score || (found === best.score && found && !best.text)) best = { score: found, text: each.text };
  }
  return best.score || !words || !query.split(" ").every((each) => ` ${words}`.includes(` ${each}`))
    ? best
    : { score: DESCRIBED, text: "" };
}

function slip(folded, query) {
  const words = folded.split(" ");
  const typed = query.split(" ");
  if (!typed.every((each) => words.some((word) => slipped(each, word)))) return 0;
  return words.length === typed.length ? WHOLE + SLIP : SLIP;
}

function heard(name_, query) {
  if (!alike(name_, query)) return 0;
  return name_ === query ? WHOLE + HEARD : HEARD;
}

function heardOf(spelling) {
  spelling.heard ??= sounds(spelling.folded);
  return spelling.heard;
}

function ranked(entries, text) {
  const [query, said] = [searched(text), sounds(text)];
  if (!query) return [];
  const hits = entries.map((entry) => ({ entry, ...match(entry, query, said) })).filter((hit) => hit.score);
  return hits.sort(better);
}

const better = (a, b) => b.score - a.score || a.entry.rank - b.entry.rank;

// Where nothing answers all of a question that was typed: what answers words of it, the rare ones most.
function rankedByWords(entries, text) {
  const best = new Map();
  for (const word of new Set(searched(text).split(" ").filter((each) => each.length > 2))) {
    const hits = ranked(entries, word);
    for (const hit of hits) {
      const score = hit.score / hits.length + (best.get(hit.entry)?.score ?? 0);
      best.set(hit.entry, { ...hit, score });
    }
  }
  return [...best.values()].sort(better);
}

// The things whose names answer, best first: [{entry, text (the spelling that matched)}].
export const findThings = (text, fits) =>
  ranked(
    thingEntries.filter(({ node }) => fits(node)),
    text,
  ).slice(0, 12);
export const thingEntry = (node) => ({ entry: thingEntries[node.index] });

// All that answers, group by group with its number; first the group whose first is best.
export function findAll(text) {
  const hits = ranked(entries, text);
  const groups = group(hits.length ? hits : rankedByWords(entries, text), ({ entry }) => entry.group);
  return [...groups].flatMap(([key, hits]) =>
    hits.slice(0, MOST[key] ?? MOST_OF_OTHERS).map((hit) => ({ ...hit, group: key, found: hits.length })),
  );
}
