// The current view as Turtle and JSON-LD: the triples that the build made (graph/page/compact.py) of what is shown.
import { claims as said, data, sources } from "./data.js";
import { isWeb } from "./dom.js";

const { stems, shapes, prefixes } = data.triples;
// Every term once: the name of something of the dataset, a CURIE, `<iri>`, or `[text, language or datatype]`.
export const terms = data.triples.terms.map((term) => (typeof term[0] === "number" ? stems[term[0]] + term[1] : term));

const [TITLE, ADDRESS] = ["http://purl.org/dc/terms/title", "https://schema.org/url"];
const numberOf = new Map();

function numbered(term) {
  const key = JSON.stringify(term);
  if (!numberOf.has(key)) numberOf.set(key, terms.push(term) - 1);
  return numberOf.get(key);
}

// The titles and the address of a source, so that what it says can be read where nothing else is at hand.
function ofSource({ id, label, url }) {
  const titles = Object.entries(label).map(([language, title]) => numbered([title, language]));
  const told = new Map([[numbered(termOf(TITLE)), new Set(titles)]]);
  if (isWeb(url)) told.set(numbered(termOf(ADDRESS)), new Set([numbered(`<${url}>`)]));
  return [numbered(`source/${id}`), told];
}

// What is said of these things and claims, and of the sources of these: Map of subject → Map of predicate → Set of objects.
function statements(things, claims) {
  const { nodes: ofThings, claims: ofClaims } = data.triples;
  const subjects = new Map();
  for (const row of [...things.flatMap((index) => ofThings[index]), ...claims.flatMap((index) => ofClaims[index])]) {
    const [shape, subject, ...objects] = row;
    if (!subjects.has(subject)) subjects.set(subject, new Map());
    const told = subjects.get(subject);
    for (const [place, predicate] of shapes[shape].entries())
      told.set(predicate, (told.get(predicate) ?? new Set()).add(objects[place]));
  }
  const cited = new Set(claims.map((index) => sources[said[index].src]));
  return [...subjects, ...[...cited].map(ofSource)];
}

const isType = (number) => terms[number] === "rdf:type";

function turtleTerm(number) {
  const term = terms[number];
  if (typeof term === "string") return term.includes(":") ? term : `<${data.info.base}${term}>`;
  const [text, kind] = term;
  const suffix = kind ? `${kind.includes(":") ? "^^" : "@"}${kind}` : "";
  return `${JSON.stringify(text)}${suffix}`;
}

export function turtleOf(things, claims) {
  const head = Object.entries(prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`);
  const line = ([predicate, objects]) =>
    `${isType(predicate) ? "a" : turtleTerm(predicate)} ${[...objects].map(turtleTerm).join(", ")}`;
  const block = ([subject, told]) => `\n${turtleTerm(subject)} ${[...told].map(line).join(" ;\n    ")} .\n`;
  return [...head, ...statements(things, claims).map(block)].join("");
}

function iriOf(term) {
  if (term.startsWith("<")) return term.slice(1, -1);
  return term.includes(":") ? term : data.info.base + term;
}

// The whole IRI of a term that is no literal, with the prefixes that the page knows.
export function fullIri(term) {
  const [, prefix, local] = /^(\w+):(?!\/\/)(.*)$/.exec(term) ?? [];
  return prefix in prefixes ? prefixes[prefix] + local : iriOf(term);
}

// How an IRI, or a name of the model, is written as a term (as graph/page/compact.py does it).
export function termOf(iri) {
  if (!/^https?:/.test(iri)) return iri.includes(":") ? iri : `az:${iri}`;
  const local = iri.startsWith(data.info.base) && iri.slice(data.info.base.length);
  if (local && !local.includes(":")) return local;
  const found = Object.entries(prefixes).filter(
    ([, each]) => iri.startsWith(each) && /^[A-Za-z]\w*$/.test(iri.slice(each.length)),
  );
  const [prefix, base] = found.sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  return base ? `${prefix}:${iri.slice(base.length)}` : `<${iri}>`;
}

// The term of a rule of the model.
export const ruleTerm = (id) => termOf(fullIri(`az:rule-${id}`));

function jsonTerm(number) {
  const term = terms[number];
  if (typeof term === "string") return { "@id": iriOf(term) };
  const [text, kind] = term;
  return { "@value": text, ...(kind && (kind.includes(":") ? { "@type": iriOf(kind) } : { "@language": kind })) };
}

export function jsonldOf(things, claims) {
  const entry = ([predicate, objects]) =>
    isType(predicate)
      ? ["@type", [...objects].map((each) => iriOf(terms[each]))]
      : [iriOf(terms[predicate]), [...objects].map(jsonTerm)];
  const graph = statements(things, claims).map(([subject, told]) => ({
    "@id": iriOf(terms[subject]),
    ...Object.fromEntries([...told].map(entry)),
  }));
  return `${JSON.stringify({ "@context": prefixes, "@graph": graph }, null, 2)}\n`;
}
