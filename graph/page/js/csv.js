// The current view as a table of its claims.
import { claims, nodes, properties, sources } from "./data.js";
import { claimIri, entityIri, sourceIri, subjectIri } from "./model.js";
import { objectName, propertyName, subjectName } from "./names.js";

// A table as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8.
export function csvText(head, rows) {
  const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${[head, ...rows].map((row) => row.map((each) => cell(String(each))).join(",")).join("\r\n")}\r\n`;
}

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
