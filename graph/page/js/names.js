// What things, links and claims are called in the language of the page.
import { data, nodes, properties, sourceById } from "./data.js";
import { capitalised, date, inLanguage, labelled, number, t } from "./words.js";

export const name = (node) => capitalised(inLanguage(node.label, node.id));
// As an element shows them: with their language, where that is not the page's.
export const propertyLabel = (id) => labelled(properties[id]?.label, id);
export const kindLabel = (kind) => labelled(kind.label, t("other"));
export const statusLabel = (status) =>
  status === "inferred" ? [t("inferred")] : labelled(data.statuses[status], status);

export const propertyName = (id) => propertyLabel(id)[0];
export const kindName = (kind) => kindLabel(kind)[0];
export const statusName = (status) => statusLabel(status)[0];
export const sourceName = (source) => inLanguage(source.label, source.id);
export const sourceAbout = (claim) => sourceById.get(claim.about?.replace("source/", ""));

export const subjectName = (claim) =>
  claim.s === undefined ? sourceName(sourceAbout(claim) ?? { id: claim.about }) : name(nodes[claim.s]);

const conceptName = (claim) => inLanguage(data.concepts[claim.v] ?? {}, claim.v);
export const objectName = (claim) => (claim.o === undefined ? conceptName(claim) : name(nodes[claim.o]));

export const isDated = (claim) => /^xsd:(date|dateTime|gYear|gYearMonth)$/.test(claim.dt ?? "");

// What a claim says its subject has or is, as the language writes it.
export function valueText(claim) {
  if (isDated(claim)) return date(claim.v);
  return /^xsd:(integer|decimal)$/.test(claim.dt ?? "") ? number(claim.v) : objectName(claim);
}

export const natureNames = (source) => (source.natures ?? []).map((id) => inLanguage(data.concepts[id], id));

export function sentence(claim) {
  return `${subjectName(claim)} – ${propertyName(claim.p)} – ${objectName(claim)}`;
}

export const edgeTitle = (edge) => `${name(nodes[edge.f])} – ${propertyName(edge.p)} – ${name(nodes[edge.t])}`;
