// The interface's words, in the language of the page: they come with the data (graph/model/words/).
import { data, state } from "./given.js";

// The language that the interface speaks, which need not be one that the dataset's names are in.
export const spokenTag = () => (state.lang in data.interface ? state.lang : data.info.spoken);
export const spoken = () => data.interface[spokenTag()];
export const isRightToLeft = () => spoken().direction === "rtl";
export const languageName = (tag) => data.languages[tag] ?? tag;

// What another language lends to one that lacks it: a text that an element shows under its own language.
export class Lent {
  constructor(text, [lang, dir]) {
    Object.assign(this, { text, lang, dir });
  }
  toString() {
    return this.text;
  }
}

// A word or a sentence; {name} in it stands for a value.
export function t(key, values = {}) {
  const { words, lent } = spoken();
  const text = words[key].replace(/\{(\w+)\}/g, (_, name_) => String(values[name_]));
  return lent[key] ? new Lent(text, lent[key]) : text;
}

export function joinWords(words) {
  return words.join(t("comma"));
}

// Whether the browser knows how the language writes dates and numbers: else they stay as the data has them.
const isWritten = () => Intl.DateTimeFormat.supportedLocalesOf(spoken().locale).length > 0;

// A number, or a sum in a currency (ISO 4217).
export function number(digits, currency) {
  if (!isWritten()) return [digits, currency].filter(Boolean).join(" ");
  const money = currency && { style: "currency", currency, currencyDisplay: "name", minimumFractionDigits: 0 };
  const written = new Intl.NumberFormat(spoken().locale, { maximumFractionDigits: 20, ...money });
  const parts = written.formatToParts(Number(digits));
  return parts.map(({ type, value }) => (type === "group" ? (spoken().thousands ?? value) : value)).join("");
}

export function date(text) {
  const [, year, month, day] = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (!year) return text;
  const when = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  if (!isWritten()) return text.slice(0, 10);
  const parts = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat(spoken().locale, parts).format(when);
}

// From one day, month or year until another, as the language writes it; one end may be open.
export function period(from, until) {
  if (!until) return t("since", { x: date(from) });
  if (!from) return t("until", { x: date(until) });
  return from === until ? date(from) : t("period", { a: date(from), b: date(until) });
}

// A name of these, and its language where that is not the page's.
export function labelled(labels, fallback = "") {
  const known = labels ?? {};
  const lang = [state.lang, ...spoken().order, ...Object.keys(known)].find((each) => known[each]);
  return [known[lang] ?? fallback, lang === spokenTag() ? undefined : lang];
}

export const inLanguage = (labels, fallback) => labelled(labels, fallback)[0];

// A name on its own begins with a capital, where the writing has capitals.
export const capitalised = (text) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

export const bare = (iri) => iri.replace(/^https?:\/\/(www\.)?/, "");
