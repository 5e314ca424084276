// The interface's words, in the language of the page: they come with the data (graph/model/words/).
import { data } from "./data.js";
import { state } from "./state.js";

export const spoken = () => data.interface[state.lang] ?? Object.values(data.interface)[0];
export const isRightToLeft = () => spoken().direction === "rtl";
export const languageName = (tag) => data.languages[tag] ?? tag;

// A word or a sentence; {name} in it stands for a value.
export function t(key, values = {}) {
  return spoken().words[key].replace(/\{(\w+)\}/g, (_, name_) => String(values[name_]));
}

export function joinWords(words) {
  return words.join(t("comma"));
}

export function date(text) {
  const [, year, month, day] = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (!year) return text;
  const when = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const parts = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat(spoken().locale, parts).format(when);
}

// From one day, month or year until another, as the language writes it; one end may be open.
export function period(from, until) {
  if (!until) return t("since", { x: date(from) });
  if (!from) return t("until", { x: date(until) });
  return from === until ? date(from) : t("period", { a: date(from), b: date(until) });
}

export function inLanguage(labels, fallback = "") {
  return (
    labels?.[state.lang] ??
    spoken()
      .order.map((each) => labels?.[each])
      .find(Boolean) ??
    Object.values(labels ?? {})[0] ??
    fallback
  );
}

// A name on its own begins with a capital, where the writing has capitals.
export const capitalised = (text) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

export const bare = (iri) => iri.replace(/^https?:\/\/(www\.)?/, "");
