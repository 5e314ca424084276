// Names that only sound alike, and words with a slip of the keyboard in them; sounds as graph/facts/sounds.py gives them
// and with its table.
import { searched } from "./fold.js";
import { data } from "./given.js";

const LEAST = 3; // fewer consonants are shared by too many names
const SURE = 4; // in shorter words a slip makes another word
const sound = new Map(
  Object.entries(data.heard).flatMap(([heard, spellings]) => spellings.split(" ").map((written) => [written, heard])),
);
const longest = [...sound.keys()].sort((a, b) => b.length - a.length);
const pattern = new RegExp(longest.join("|").replace("^", "\\^"), "gu");

// The consonants that are heard in a name, word by word; of two alike that follow each other, one.
export function sounds(name) {
  const word = (written) => (`^${written}`.match(pattern) ?? []).map((each) => sound.get(each)).join("");
  return searched(name)
    .split(" ")
    .map((each) => word(each).replace(/(.)\1+/g, "$1"))
    .filter(Boolean)
    .join(" ");
}

// Whether each word that is heard in a query begins one that is heard in a name.
export function alike(name, query) {
  if (query.replaceAll(" ", "").length < LEAST) return false;
  const words = name.split(" ");
  return query
    .split(" ")
    .every((each) => words.some((word) => (each.length < LEAST ? word === each : word.startsWith(each))));
}

// Whether a word, as it is typed, is another or its beginning, with at most one letter too many, too few, wrong or
// in its neighbour's place; both folded.
export function slipped(word, other) {
  if (other.startsWith(word)) return true;
  if (word.length < SURE) return false;
  return [0, -1, 1].some((by) => oneSlip(word, other.slice(0, word.length + by)));
}

function oneSlip(one, other) {
  let [start, end] = [0, 0];
  while (start < one.length && one[start] === other[start]) start += 1;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [a, b] = [one, other].map((each) => each.slice(start, each.length - end));
  return (a.length < 2 && b.length < 2) || (a.length === 2 && a === [...b].reverse().join(""));
}
