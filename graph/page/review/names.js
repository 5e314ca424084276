// What the lines speak of, as the interface calls it.
import { bdi, h } from "../js/dom.js";
import { data } from "../js/given.js";
import { capitalised, inLanguage, joinWords, labelled, spoken, t } from "../js/words.js";
import { rows } from "./rows.js";

const without = (labels) => Object.fromEntries(Object.entries(labels).filter(([, text]) => text));

// The names of a line that brings something, by language.
export function ownNames(row) {
  const name = row.kind === "source" ? "title" : "label";
  return without(Object.fromEntries(data.info.names.map((language) => [language, row[`${name}_${language}`]])));
}

const fresh = (kind, id) => rows.find((row) => row.kind === kind && row.id === id);

function labelsOf(id) {
  const [, source] = /^source\/(.*)/.exec(id) ?? [];
  const [known, kind, bare] = source ? [data.sources, "source", source] : [data.entities, "entity", id];
  if (known[bare]) return known[bare].label;
  const row = fresh(kind, bare);
  return row ? ownNames(row) : data.concepts[id];
}

export const nameOf = (id) => labelled(labelsOf(id), id);
export const sourceName = (id) => inLanguage(labelsOf(`source/${id}`), id);
export const languageOf = (source) => data.sources[source]?.language || fresh("source", source)?.language || "";
export const className = (id) => inLanguage(data.classes[id], id);
export const propertyName = (id) => inLanguage(data.properties[id]?.label, id);
export const statusName = (id) => inLanguage(data.statuses[id], id);
const classesOf = (id) => data.entities[id]?.classes ?? (fresh("entity", id)?.class ?? "").split("|");
export const classNames = (id) => joinWords(classesOf(id).filter(Boolean).map(className));

const formats = new Map(); // by locale: to make one takes longer than to use it a hundred times

export function percent(number) {
  const { locale } = spoken();
  if (!formats.has(locale)) formats.set(locale, new Intl.NumberFormat(locale, { style: "percent" }));
  return formats.get(locale).format(Number(number));
}

export const KIND = { source: "source", entity: "newThing", mention: "mention", claim: "oneClaim" };

// A claim as a sentence, its names each in its own direction.
export function sentence(subject, property, object) {
  return [bdi(...nameOf(subject)), " – ", bdi(propertyName(property)), " – ", bdi(...nameOf(object))];
}

export function said(row) {
  if (row.kind === "claim") {
    const status = row.status !== "stated" && h("span", { class: `status ${row.status}` }, statusName(row.status));
    return [sentence(row.subject, row.property, row.object), status && [" ", status]];
  }
  if (row.kind === "source") return bdi(...labelled(ownNames(row), row.id));
  if (row.kind === "entity") return [bdi(...labelled(ownNames(row), row.id)), " · ", capitalised(joinWords(row.class.split("|").map(className)))];
  return bdi(...nameOf(row.id));
}

// The same as plain text, to be spoken.
export const spokenText = (row) => `${t(KIND[row.kind])}${t("colon")}${h("span", said(row)).textContent}`;
