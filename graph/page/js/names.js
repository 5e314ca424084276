// What things, links and claims are called in the language of the page.
import { claims, data, nodes, properties, sourceById } from "./data.js";
import { passages } from "./model.js";
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

export const isDated = (claim) => /^xsd:(date|dateTime|gYear|gYearMonth)$/.test(claim.dt ?? "");
const isNumber = (claim) => /^xsd:(integer|decimal)$/.test(claim.dt ?? "");

// What a claim says its subject has or is: a name, or a date, a number or a sum as the language writes it.
export function objectName(claim) {
  if (claim.o !== undefined) return name(nodes[claim.o]);
  if (isDated(claim)) return date(claim.v);
  if (!isNumber(claim)) return inLanguage(data.concepts[claim.v] ?? {}, claim.v);
  return claim.p === "area" ? String(t("squareMetres", { n: number(claim.v) })) : number(claim.v, currencyOf(claim));
}

// The currency of a sum is a claim beside it, of the same thing by the same source.
function currencyOf({ s, p, src }) {
  if (!["cost", "amount"].includes(p)) return undefined;
  const said = claims.find((each) => each.p === "currency" && each.s === s && each.src === src);
  return /^az:([A-Z]{3})$/.exec(said?.v)?.[1];
}

// Where a claim stands in its source, in words.
export const placesSaid = (claim) =>
  claim.at ? passages(claim).map(({ at }) => t("characters", { a: at[0], b: at[1] })) : [t("record", { x: claim.rec })];

export const natureNames = (source) => (source.natures ?? []).map((id) => inLanguage(data.concepts[id], id));

export function sentence(claim) {
  return `${subjectName(claim)} – ${propertyName(claim.p)} – ${objectName(claim)}`;
}

export const edgeTitle = (edge) => `${name(nodes[edge.f])} – ${propertyName(edge.p)} – ${name(nodes[edge.t])}`;
