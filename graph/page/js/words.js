// The interface's words, in the language of the page: they come with the data (graph/model/words/).
const spoken = () => inLanguage(data.interface);
const isRightToLeft = () => spoken().direction === "rtl";
const languageName = (tag) => data.languages[tag] ?? tag;

// A word or a sentence; {name} in it stands for a value.
function t(key, values = {}) {
  return spoken().words[key].replace(/\{(\w+)\}/g, (_, name_) => String(values[name_]));
}

function joinWords(words) {
  return words.join(t("comma"));
}

function date(text) {
  const [, year, month, day] = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(text) ?? [];
  if (!year) return text;
  const when = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
  const parts = { year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }), timeZone: "UTC" };
  return new Intl.DateTimeFormat(spoken().locale, parts).format(when);
}
