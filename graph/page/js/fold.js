// Spellings made comparable, letter by letter as graph/facts/spelling.py does it and with its table of letters.
import { data } from "./given.js";

const fold = (text) => [...text].map(foldCharacter).join("");

const known = new Map();

export function foldCharacter(character) {
  if (!known.has(character)) {
    const letters = [...character.normalize("NFKD").toLowerCase()].flatMap((each) => [...(data.letters[each] ?? each)]);
    known.set(character, letters.map(foldPart).join(""));
  }
  return known.get(character);
}

function foldPart(part) {
  if (/\p{Nd}/u.test(part)) return String(digit(part.codePointAt(0)));
  if (/[\p{Cf}\p{M}]/u.test(part)) return "";
  return /[\p{Pd}\p{White_Space}]/u.test(part) ? " " : part;
}

// Digits of a script follow one another, from zero.
function digit(code) {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value;
}

// What is searched for and searched in: folded, and without punctuation.
export const searched = (text) =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

// How well a name answers what is searched for, both folded; 0 where it does not.
export function score(folded, query) {
  if (folded === query) return 4;
  if (folded.startsWith(query)) return 3;
  if (` ${folded}`.includes(` ${query}`)) return 2;
  if (folded.includes(query)) return 1;
  return query.split(" ").every((word) => folded.includes(word)) ? 0.5 : 0;
}
