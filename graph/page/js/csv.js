// The current view as a table of its claims.
import { claims, nodes, properties, sources } from "./data.js";
import { claimIri, entityIri, sourceIri, subjectIri } from "./model.js";
import { objectName, propertyName, subjectName } from "./names.js";

// What a spreadsheet would run as a formula is preceded by an apostrophe, as graph/model/spreadsheet.py does it.
const harmless = (text) => (/^[=+\-@\t\r\n]/.test(text) && !/^[+-]?[0-9]+(\.[0-9]+)?$/.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

// A table as a spreadsheet opens it: with a byte order mark, without which Excel shows Arabic as noise.
export const csvText = (head, rows) =>
  `\ufeff${[head, ...rows].map((row) => row.map((each) => quoted(harmless(String(each)))).join(",")).join("\r\n")}\r\n`;

export function csvOf(claimIndices) {
  const rows = claimIndices
    .map((index) => claims[index])
    .map((claim) => [
      subjectIri(claim),
      subjectName(claim),
      properties[claim.p]?.iri ?? claim.p,
      propertyName(claim.p),
      claim.o === undefined ? claim.v : entityIri(nodes[claim.o]),
      objectName(claim),
      claim.st,
      sourceIri(sources[claim.src]),
      claim.at?.[0] ?? "",
      claim.at?.[1] ?? "",
      claim.rec ?? "",
      claimIri(claim),
    ]);
  const head = [
    "subject",
    "subject_name",
    "property",
    "property_name",
    "object",
    "object_name",
    "status",
    "source",
    "start",
    "end",
    "record",
    "claim",
  ];
  return csvText(head, rows);
}
