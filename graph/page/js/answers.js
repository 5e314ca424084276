// The answers of the documented questions for the values that the address gives, from what each row rests on: the
// passages and records of claims, then the inferences, in the order and with the keys of graph/page/proofs.py.
import { byId, claims, data, inferences, nodes, sourceById, sources } from "./data.js";
import { passages } from "./model.js";
import { state } from "./state.js";
import { ruleTerm, termOf, terms } from "./triples.js";

const proofs = [
  ...claims.flatMap((claim) => (claim.at ? passages(claim) : [claim]).map((passage) => ({ claim, passage }))),
  ...inferences.map((inference) => ({ inference })),
];
const MINE = "az:";
const foreign = (name) => (name.includes(":") ? termOf(name) : name);
const text = (value) => (value === undefined ? undefined : [String(value)]);
const standing = (said) => MINE + said.st[0].toUpperCase() + said.st.slice(1);
const sourceOf = (claim) => `source/${sources[claim.src].id}`;

// What a proof says by each key, as a term of `data.triples.terms`.
const OF_CLAIM = {
  id: ({ claim }) => `claim/${claim.id}`,
  s: ({ claim }) => nodes[claim.s]?.id ?? claim.about,
  p: ({ claim }) => termOf(claim.p),
  o: ({ claim }) => nodes[claim.o]?.id ?? (claim.dt ? [claim.v, claim.dt] : foreign(claim.v)),
  st: ({ claim }) => standing(claim),
  src: ({ claim }) => sourceOf(claim),
  ev: ({ claim, passage }) => (passage.at ? `${sourceOf(claim)}#char=${passage.at}` : [claim.rec]),
  issued: ({ claim }) => text(sources[claim.src].issued),
  from: ({ claim }) => text(claim.from),
  until: ({ claim }) => text(claim.until),
  rec: ({ claim }) => text(claim.rec),
  start: ({ passage }) => text(passage.at?.[0]),
  end: ({ passage }) => text(passage.at?.[1]),
};
const OF_INFERENCE = {
  id: ({ inference }) => `inference/${inference.id}`,
  s: ({ inference }) => nodes[inference.s]?.id,
  p: ({ inference }) => termOf(inference.p),
  o: ({ inference }) => nodes[inference.o]?.id,
  st: ({ inference }) => standing(inference),
  ev: ({ inference }) => ruleTerm(inference.rule),
};
const says = (proof, key) => proof && (proof.claim ? OF_CLAIM : OF_INFERENCE)[key]?.(proof);

// The rows of a question for any value: [{cells: [term or undefined], proofs: [{claim, passage} or {inference}]}].
const known = new Map();
function allRows(question) {
  if (!known.has(question)) known.set(question, unpacked(question));
  return known.get(question);
}

function unpacked({ columns = [], cells, by }) {
  const length = Math.max(0, ...(by ?? []).map((each) => each.length), ...columns.map((each) => listed(cells[each])));
  return Array.from({ length }, (_, row) => {
    const rests = by.map((each) => proofs[each[row]]);
    const cell = (how) => (typeof how[1] === "string" ? says(rests[how[0]], how[1]) : terms[how[row]]);
    return { cells: columns.map((column) => cell(cells[column])), proofs: rests.filter(Boolean) };
  });
}

const listed = (how) => (typeof how[1] === "string" ? 0 : how.length);

// The term that the address gives a parameter, if it names one that may be chosen: {parameter, value, term}.
export function given(question) {
  return question.parameters.flatMap((parameter) => {
    const entry = state.with.find((each) => each.startsWith(`${parameter.name}~`));
    const value = entry && decodeURIComponent(entry.slice(parameter.name.length + 1));
    const term = value && chosenOf(parameter, value);
    return term ? [{ parameter, value, term }] : [];
  });
}

function chosenOf({ values, sources: ofSources, of }, value) {
  if (values) return values.includes(value) && termOf(value);
  if (ofSources) return sourceById.has(value) && `source/${value}`;
  if (!of) return [value];
  return byId.get(value)?.classes.some((each) => of.includes(each)) && value;
}

// The address's list with another value for a parameter, or none.
export function withValue(question, name, value) {
  const kept = given(question).filter(({ parameter }) => parameter.name !== name);
  const entries = kept.map((each) => [each.parameter.name, each.value]);
  return [...entries, ...(value ? [[name, value]] : [])].map(([key, each]) => `${key}~${encodeURIComponent(each)}`);
}

const same = (one, other) => [one].flat()[0] === [other].flat()[0];

export function answersOf(question) {
  const wanted = given(question).map(({ parameter, term }) => [question.columns?.indexOf(parameter.name), term]);
  return allRows(question).filter(({ cells }) =>
    wanted.every(([column, term]) => cells[column] && same(cells[column], term)),
  );
}

// What may be chosen of a parameter and has an answer, as values.
export function answering(question, { name }) {
  const column = question.columns?.indexOf(name) ?? -1;
  return new Set(column < 0 ? [] : allRows(question).map(({ cells }) => [cells[column]].flat()[0]));
}

// Whether the page has all rows, so that it answers for any value.
export const isWhole = (question) =>
  Boolean(question.address) ||
  (allRows(question).length === question.count &&
    question.parameters.every(({ name }) => !question.count || question.columns.includes(name)));

const termsIn = (rows) => [...new Set(rows.flatMap(({ cells }) => cells))];
export const claimsIn = (rows) => [...new Set(rows.flatMap((row) => row.proofs.flatMap(restsOn)))];
const numberOf = new Map(claims.map((claim, index) => [claim, index]));
const restsOn = ({ claim, inference }) =>
  claim
    ? [numberOf.get(claim)]
    : [...inference.c, ...inference.i.flatMap((each) => restsOn({ inference: inferences[each] }))];
export const thingsIn = (rows) => termsIn(rows).flatMap((term) => byId.get(term) ?? []);
export const questionNamed = (name) => data.questions.find((question) => question.name === name);
