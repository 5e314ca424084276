// The current view as a table of its claims.
import { claims, data, nodes, properties, sources } from "./data.js";
import { claimIri, entityIri, sourceIri, subjectIri } from "./model.js";
import { objectName, propertyName, sourceName, statusName, subjectName } from "./names.js";
import { fullIri } from "./triples.js";

// What a spreadsheet would run as a formula is preceded by an apostrophe, as graph/model/spreadsheet.py does it.
const harmless = (text) => (/^[=+\-@\t\r\n]/.test(text) && !/^[+-]?[0-9]+(\.[0-9]+)?$/.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// A table as a spreadsheet opens it: with a byte order mark, without which Excel shows Arabic as noise.
export const csvText = (head, rows) =>
  `\ufeff${[head, ...rows].map((row) => row.map((each) => quoted(harmless(String(each)))).join(",")).join("\r\n")}\r\n`;

// By the name of its column, what each claim says; so that a line is read by itself, its source is named and leads there.
const COLUMNS = {
  subject: subjectIri,
  subject_name: subjectName,
  property: (claim) => properties[claim.p]?.iri ?? claim.p,
  property_name: (claim) => propertyName(claim.p),
  object: (claim) => {
    if (claim.o !== undefined) return entityIri(nodes[claim.o]);
    return data.concepts[claim.v] ? fullIri(claim.v) : claim.v;
  },
  object_name: objectName,
  status: (claim) => claim.st,
  status_name: (claim) => statusName(claim.st),
  from: (claim) => claim.from,
  until: (claim) => claim.until,
  source: (claim) => sourceIri(sources[claim.src]),
  source_title: (claim) => sourceName(sources[claim.src]),
  source_issued: (claim) => sources[claim.src].issued,
  source_address: (claim) => sources[claim.src].url,
  start: (claim) => claim.at?.[0],
  end: (claim) => claim.at?.[1],
  record: (claim) => claim.rec,
  claim: claimIri,
};

export function csvOf(claimIndices) {
  const cells = Object.values(COLUMNS);
  const rows = claimIndices.map((index) => cells.map((cell) => cell(claims[index]) ?? ""));
  return csvText(Object.keys(COLUMNS), rows);
}
