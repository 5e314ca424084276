// What a query was answered with: a table, yes or no, or triples; and where it leads.
import { named } from "../cells.js";
import { csvText } from "../csv.js";
import { byId, claims, data, nodes } from "../data.js";
import { bdi, button, code, download, h } from "../dom.js";
import { nodeLink } from "../evidence.js";
import { showTogether } from "../state.js";
import { termOf } from "../triples.js";
import { inLanguage, t } from "../words.js";
import { prefixes } from "./engine.js";

const SHOWN = 500;
const claimNumber = new Map(claims.map((claim, index) => [`claim/${claim.id}`, index]));

// An IRI as one writes it: with a prefix, or as seen from the dataset.
function contracted(iri) {
  const [prefix, stem] = Object.entries(prefixes).find(([, each]) => iri.startsWith(each)) ?? [];
  const local = stem ? iri.slice(stem.length) : "";
  if (stem === data.info.base && local.includes("/")) return `<${local}>`;
  return local && /^[\p{L}\p{N}_-]+$/u.test(local) ? `${prefix}:${local}` : `<${iri}>`;
}

const localName = (iri) => (iri.startsWith(data.info.base) ? iri.slice(data.info.base.length) : "");

function termCell(term) {
  if (!term) return "";
  if (term.type === "literal") return bdi(term.value, term["xml:lang"]);
  if (term.type !== "uri") return code(term.type === "bnode" ? `_:${term.value}` : JSON.stringify(term.value));
  const node = byId.get(localName(term.value));
  if (node) return nodeLink(node);
  const short = contracted(term.value);
  const label = named.get(termOf(term.value));
  return label ? h("span", { title: short }, bdi(inLanguage(label))) : code(short);
}

// What an answer names: things, and claims, by number.
export function namedIn(answer) {
  const locals = [...new Set(irisOf(answer).map(localName))];
  const things = locals.filter((local) => byId.has(local)).map((local) => byId.get(local).index);
  return { things, said: locals.map((local) => claimNumber.get(local)).filter((index) => index !== undefined) };
}

// The things that it names, and those that the claims it names are about.
function thingsIn(answer) {
  const { things, said } = namedIn(answer);
  const ends = said.flatMap((index) => [claims[index].s, claims[index].o]).filter((end) => end !== undefined);
  return [...new Set([...things, ...ends])].map((index) => nodes[index]);
}

const irisOf = ({ rows, turtle }) =>
  turtle === undefined
    ? (rows ?? [])
        .flat()
        .filter((term) => term?.type === "uri")
        .map((term) => term.value)
    : [...turtle.matchAll(/<([^<>"{}|^`\s]*)>/g)].map((found) => found[1]);

function table({ columns, rows }) {
  const head = h(
    "thead",
    h(
      "tr",
      columns.map((column) => h("th", { scope: "col", lang: "en" }, bdi(column))),
    ),
  );
  const row = (cells) =>
    h(
      "tr",
      cells.map((cell) => h("td", termCell(cell))),
    );
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("answers", { n: rows.length }) },
    h("table", head, h("tbody", rows.slice(0, SHOWN).map(row))),
  );
}

function whole(answer) {
  const { columns, rows, turtle, truth } = answer;
  if (truth !== undefined) return h("p", { class: "truth" }, t(truth ? "yes" : "no"));
  if (turtle !== undefined)
    return h("pre", { dir: "ltr", lang: "en", tabindex: "0", role: "region", "aria-label": "Turtle" }, turtle);
  return rows.length ? table({ columns, rows }) : h("p", { class: "dim" }, t("noAnswer"));
}

const csvOf = ({ columns, rows }) =>
  csvText(
    columns,
    rows.map((row) => row.map((term) => term?.value ?? "")),
  );

// The answer as elements, with what can be done with it.
export function shown(answer) {
  const { rows, count, turtle } = answer;
  const things = thingsIn(answer);
  const give = (text, suffix, type) => download(text, `${data.info.name}-answer.${suffix}`, type);
  const csv = () => give(csvOf(answer), "csv", "text/csv;charset=utf-8");
  const triples = () => give(turtle, "ttl", "text/turtle;charset=utf-8");
  const row = h(
    "div",
    { class: "row" },
    rows && h("span", { class: "number" }, t("answers", { n: count })),
    things.length > 0 && button(() => showTogether(things), { id: "answer-in-view" }, t("showAll")),
    rows?.length > 0 && button(csv, { id: "answer-csv", lang: "en" }, "CSV"),
    turtle && button(triples, { id: "answer-turtle", lang: "en" }, "Turtle"),
  );
  return [
    row.children.length > 0 && row,
    rows?.length > SHOWN && h("p", { class: "dim" }, t("firstRows", { n: SHOWN, m: count })),
    rows?.length < count && h("p", { class: "failed" }, t("cutAnswer", { n: rows.length })),
    whole(answer),
  ].filter(Boolean);
}
