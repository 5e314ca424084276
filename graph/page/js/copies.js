// The reader's own copies of texts: whether one is the very text that was read, and where its cited words stand.
// They are held as long as the page is open, and written nowhere.
import { claims, data, nodes, sources } from "./data.js";
import { foldCharacter } from "./fold.js";
import { passages } from "./model.js";
import { sha256 } from "./sha256.js";

export const copies = new Map(); // by source: {points, exact, known: recorded spans with a digest, place: span → span here}
const bytesOf = (text) => new TextEncoder().encode(text);
const spanKey = ([start, end]) => `${start}-${end}`;

// The words that stood at these characters, where the reader's copy has them.
export function wordsAt(source, at) {
  const [copy, place] = [copies.get(source.id), copies.get(source.id)?.place.get(spanKey(at))];
  return place && copy.points.slice(...place).join("");
}

// What is cited of a text, in its order: {at, claims it says, ends of claims that it names, things that it names}.
export function citedIn(source) {
  const [found, number] = [new Map(), sources.indexOf(source)];
  const entry = (at) => {
    if (!found.has(spanKey(at))) found.set(spanKey(at), { at, key: spanKey(at), says: [], implies: [], names: [] });
    return found.get(spanKey(at));
  };
  for (const claim of claims.filter((each) => each.src === number)) {
    for (const passage of passages(claim)) {
      entry(passage.at).says.push(claim);
      for (const { at } of Object.values(passage.named ?? {}).flat()) entry(at).implies.push(claim);
    }
  }
  for (const node of nodes)
    for (const [at, span] of node.mentions ?? []) if (at === number) entry(span.at).names.push(node);
  return [...found.values()].sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
}

// The very text among the ways in which a browser or an editor hands over the same one: line ends, a mark, a last line.
function veryText(given, source) {
  const bare = given.replace(/^\ufeff/, "");
  const lines = bare.replace(/\r\n?/g, "\n");
  const forms = [bare, lines, lines.replace(/\n/g, "\r\n")].flatMap((text) => {
    const end = text.includes("\r\n") ? "\r\n" : "\n";
    const short = text.replace(/[\r\n]+$/, "");
    return [text, short, short + end];
  });
  return [given, ...forms, ...forms.map((text) => `\ufeff${text}`)].find(
    (text) => [...text].length === source.length && sha256(bytesOf(text)) === source.sha256,
  );
}

// Take a copy; `tell` hears which part of the search for the cited words is done, and stops it by giving false.
export async function takeCopy(given, source, tell) {
  const very = veryText(given, source);
  const points = [...(very ?? given)];
  const spans = citedIn(source).map((item) => item.at);
  const known = measures(source);
  const place = very === undefined ? await foundAgain(points, spans, known, source.length, tell) : itself(spans);
  if (place) copies.set(source.id, { points, exact: very !== undefined, place, known });
}

const itself = (spans) => new Map(spans.map((at) => [spanKey(at), at]));

// The length and the digest of the folded words of each passage that claims need, by span: its triples have them.
function measures(source) {
  const { terms, stems, shapes } = data.triples;
  const found = new Map();
  for (const [shape, subject, ...objects] of data.triples.claims.flat()) {
    const [stem, rest] = Array.isArray(terms[subject]) ? terms[subject] : [];
    if (stems[stem] !== `source/${source.id}#char=`) continue;
    const value = (name) => terms[objects[shapes[shape].findIndex((each) => terms[each] === name)]]?.[0];
    if (value("az:sha256")) found.set(rest.replace(",", "-"), [Number(value("az:length")), value("az:sha256")]);
  }
  return found;
}

// A text folded, each blank one space, and where each of its characters comes from.
function folded(points) {
  const [letters, from] = [[], []];
  for (const [index, point] of points.entries()) {
    for (const letter of foldCharacter(point)) {
      if (letter === " " && (letters.length === 0 || letters.at(-1) === " ")) continue;
      letters.push(letter);
      from.push(index);
    }
  }
  const ends = [0];
  for (const letter of letters) ends.push(ends.at(-1) + bytesOf(letter).length);
  return { letters, from, ends, bytes: bytesOf(letters.join("")) };
}

// Where the words of passages stand in another text, whatever else was changed there; those that are lost are left out.
async function foundAgain(points, spans, known, length, tell) {
  const [{ letters, from, ends, bytes }, place, missed] = [folded(points), new Map(), []];
  const holds = (start, [size, digest]) =>
    start >= 0 &&
    start + size <= letters.length &&
    letters[start] !== " " &&
    letters[start + size - 1] !== " " &&
    sha256(bytes.subarray(ends[start], ends[start + size])) === digest;
  const put = (key, start, size) => place.set(key, [from[start], endOf(points, from[start + size - 1] + 1)]);
  let shift = 0;
  for (const at of spans.filter((each) => known.has(spanKey(each)))) {
    const measure = known.get(spanKey(at));
    const moved = [shift, 0, points.length - length].map((by) => from.indexOf(at[0] + by));
    const start = moved.find((each) => holds(each, measure));
    if (start === undefined) missed.push([spanKey(at), measure]);
    else put(spanKey(at), start, measure[0]);
    if (start !== undefined) shift = from[start] - at[0];
  }
  for (const [index, [key, measure]] of missed.entries()) {
    await new Promise((done) => setTimeout(done));
    if (tell(index / missed.length) === false) return null;
    const start = letters.findIndex((_, each) => holds(each, measure));
    if (start >= 0) put(key, start, measure[0]);
  }
  return within(spans, place);
}

// A vowel sign goes with its letter.
function endOf(points, end) {
  let last = end;
  while (last < points.length && /\p{M}|ـ/u.test(points[last])) last += 1;
  return last;
}

// Names and the like have no digest of their own: they stand in a passage that was found with all its characters.
function within(spans, place) {
  const whole = [...place].map(([key, now]) => [key.split("-").map(Number), now]);
  const kept = whole.filter(([at, now]) => at[1] - at[0] === now[1] - now[0]);
  for (const [start, end] of spans) {
    const around = kept.find(([at]) => at[0] <= start && end <= at[1]);
    if (around && !place.has(spanKey([start, end])))
      place.set(
        spanKey([start, end]),
        [start, end].map((offset) => offset + around[1][0] - around[0][0]),
      );
  }
  return place;
}

// Where a copy departs from the text that was read: between the nearest words that stand in both, and what that costs.
export function differences(source) {
  const { points, place, known } = copies.get(source.id);
  const lost = citedIn(source).filter((item) => item.says.length && known.has(item.key) && !place.has(item.key));
  const both = [...place].map(([key, now]) => [key.split("-").map(Number), now]);
  const found = [];
  for (const item of lost) {
    const before = both.filter(([at]) => at[1] <= item.at[0]).map(([, now]) => now[1]);
    const after = both.filter(([at]) => at[0] >= item.at[1]).map(([, now]) => now[0]);
    const at = [Math.max(0, ...before), Math.min(points.length, ...after)];
    const same = found.find((each) => Math.max(each.at[0], at[0]) < Math.min(each.at[1], at[1]));
    if (same) {
      same.items.push(item);
      same.at = [Math.max(same.at[0], at[0]), Math.min(same.at[1], at[1])];
    } else found.push({ items: [item], at });
  }
  return found;
}
