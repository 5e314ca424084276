// What things, links and claims are called in the language of the page.
import { data, nodes, properties, sourceById } from "./data.js";
import { capitalised, inLanguage, t } from "./words.js";

export const name = (node) => capitalised(inLanguage(node.label, node.id));
export const propertyName = (id) => inLanguage(properties[id]?.label, id);
export const kindName = (kind) => inLanguage(kind.label, "") || t("other");
export const sourceName = (source) => inLanguage(source.label, source.id);
export const statusName = (status) =>
  status === "inferred" ? t("inferred") : inLanguage(data.statuses[status], status);
export const sourceAbout = (claim) => sourceById.get(claim.about?.replace("source/", ""));

export const subjectName = (claim) =>
  claim.s === undefined ? sourceName(sourceAbout(claim) ?? { id: claim.about }) : name(nodes[claim.s]);

const conceptName = (claim) => inLanguage(data.concepts[claim.v] ?? {}, claim.v);
export const objectName = (claim) => (claim.o === undefined ? conceptName(claim) : name(nodes[claim.o]));

export const natureNames = (source) => (source.natures ?? []).map((id) => inLanguage(data.concepts[id], id));

export function sentence(claim) {
  return `${subjectName(claim)} – ${propertyName(claim.p)} – ${objectName(claim)}`;
}

export const edgeTitle = (edge) => `${name(nodes[edge.f])} – ${propertyName(edge.p)} – ${name(nodes[edge.t])}`;
