// What an answer names, as it is shown: terms of RDF (see triples.js), each by its name and with a way to it.
import { byId, claims, data, inferences, nodes, properties, sourceById, sources } from "./data.js";
import { bdi, code, h, isWeb, outward } from "./dom.js";
import { claimLink, nodeLink, statusChip, wordsLink } from "./evidence.js";
import { isDated, name, objectName, propertyName, sentence } from "./names.js";
import { fullIri, ruleTerm, termOf } from "./triples.js";
import { bare, date, inLanguage, labelled, number } from "./words.js";

const PASSAGE = /^source\/(.+)#char=(\d+),(\d+)$/;
const DAY = /^\d{4}-\d\d(-\d\d(T[\d:.]+(Z|[+-][\d:]+)?)?)?$/;
const claimOf = new Map(claims.map((claim) => [`claim/${claim.id}`, claim]));
const inferenceOf = new Map(inferences.map((inference) => [`inference/${inference.id}`, inference]));
const statusOf = new Map(Object.keys(data.statuses).map((id) => [termOf(id[0].toUpperCase() + id.slice(1)), id]));

// What the model calls its terms: properties, classes, stages, rules, sources.
export const named = new Map([
  ...Object.entries(data.classes).map(([id, label]) => [termOf(id), label]),
  ...Object.entries(properties).map(([id, property]) => [termOf(id), property.label]),
  ...Object.entries(data.concepts).map(([id, label]) => [termOf(id), label]),
  ...Object.entries(data.rules).map(([id, label]) => [ruleTerm(id), label]),
  ...[...statusOf].map(([term, id]) => [term, data.statuses[id]]),
  ...sources.map((source) => [`source/${source.id}`, source.label]),
]);

function inferred({ s, p, o }) {
  const end = (index) => (nodes[index] ? name(nodes[index]) : "…");
  return `${end(s)} – ${propertyName(p)} – ${end(o)}`;
}

// A term of a row: what its proofs say themselves, as they say it.
export function shownCell(term, proofs = []) {
  if (term === undefined) return "";
  if (Array.isArray(term)) return literal(term, proofs);
  if (byId.has(term)) return nodeLink(byId.get(term));
  if (statusOf.has(term)) return statusChip(statusOf.get(term));
  if (named.has(term)) return bdi(...labelled(named.get(term)));
  if (claimOf.has(term)) return claimLink(claimOf.get(term));
  const [, source, start, end] = PASSAGE.exec(term) ?? [];
  if (sourceById.has(source)) return wordsLink(sourceById.get(source), [Number(start), Number(end)]);
  const iri = fullIri(term);
  return term.startsWith("<") && isWeb(iri)
    ? outward(iri, { dir: "ltr" }, bare(iri))
    : textOf(term) === term
      ? code(term)
      : bdi(textOf(term));
}

function literal([value, kind = ""], proofs) {
  const said = kind && proofs.flatMap(({ claim }) => claim ?? []);
  // What a row rests on says it, or another source says it of the same: a sum in its own currency.
  const same = (claim) => claim.dt === kind && claim.v === value;
  const beside = (claim) => same(claim) && said.some(({ s, p }) => claim.s === s && claim.p === p);
  const claim = said && (said.find(same) ?? claims.find(beside));
  if (claim && !isDated(claim)) return bdi(objectName(claim));
  if (/^xsd:(date|gYear|gYearMonth|dateTime)$/.test(kind) || DAY.test(value))
    return h("time", { datetime: value }, date(value));
  if (/^xsd:(integer|decimal)$/.test(kind)) return h("bdi", number(value));
  return bdi(value, kind.includes(":") ? undefined : kind || undefined);
}

// The same as text, for a table that is taken away; an address of the web stays as it is.
export function textOf(term) {
  if (term === undefined) return "";
  if (Array.isArray(term)) return term[0];
  if (byId.has(term)) return name(byId.get(term));
  if (named.has(term)) return inLanguage(named.get(term));
  if (claimOf.has(term)) return sentence(claimOf.get(term));
  if (inferenceOf.has(term)) return inferred(inferenceOf.get(term));
  return term.startsWith("<") ? fullIri(term) : term;
}
