// The answers of a question as a table: each row leads to its evidence and to its things in the network.
import { claimsIn, thingsIn } from "./answers.js";
import { shownCell, textOf } from "./cells.js";
import { csvText } from "./csv.js";
import { claims, data, sources } from "./data.js";
import { bdi, button, h } from "./dom.js";
import { evidence, reasons } from "./evidence.js";
import { claimIri } from "./model.js";
import { name, sourceName } from "./names.js";
import { showTogether } from "./state.js";
import { fullIri } from "./triples.js";
import { inLanguage, joinWords, labelled, t } from "./words.js";

const PAGE = 60;

// That there is no answer, and what would give one: names by language.
export function noAnswer(needs = []) {
  const terms = joinWords(needs.map((each) => inLanguage(each)));
  return h("p", { class: "dim" }, t("noAnswer"), needs.length ? ` ${t("needs", { terms })}` : "");
}

// A column of which no row says anything is left out.
export function answerTable(columns, all) {
  const told = columns.map((_, place) => all.some(({ cells }) => ![undefined, ""].includes([cells[place]].flat()[0])));
  const rows = all.map((row) => ({ ...row, cells: row.cells.filter((_, place) => told[place]) }));
  const body = h("tbody", rows.slice(0, PAGE).map(answerRow));
  const heading = (column) => h("th", { scope: "col" }, bdi(...labelled(data.columns[column], column)));
  const head = columns.filter((_, place) => told[place]).map(heading);
  const box = h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("answers", { n: rows.length }) },
    h("table", h("thead", h("tr", h("td"), head)), body),
  );
  const rest = rows.length - PAGE;
  if (rest <= 0) return box;
  const more = button(
    () => {
      const last = rows.slice(PAGE).map(answerRow);
      body.append(...last);
      more.remove();
      last[0].querySelector("a, button")?.focus();
    },
    {},
    t("showMore", { n: rest }),
  );
  return h("div", box, more);
}

function answerRow(row) {
  const things = thingsIn([row]);
  const place = h("div", { class: "acts" });
  const element = h(
    "tr",
    h("td", place),
    row.cells.map((cell) => h("td", shownCell(cell, row.proofs))),
  );
  if (row.proofs.length) place.append(proofButton(row, element));
  if (!things.length) return element;
  const label = `${t("network")}: ${joinWords(things.map(name))}`;
  place.append(h("button", { type: "button", class: "small", "aria-label": label }, t("network")));
  element.classList.add("leads");
  element.addEventListener("click", (event) => {
    if (!event.target.closest("a, [aria-expanded]")) showTogether(things);
  });
  return element;
}

// Opens what a row rests on, under it.
function proofButton(row, element) {
  const said = row.proofs[0].inference ? row.proofs.slice(0, 1) : row.proofs;
  const list = () =>
    [...new Set(said.map(({ claim, inference }) => claim ?? inference))].map((each) =>
      each.rule ? reasons(each) : evidence(each, { spoken: true }),
    );
  const told = [...element.cells].slice(1, 5).map((cell) => cell.textContent);
  const made = button(
    () => {
      const open = made.getAttribute("aria-expanded") === "false";
      made.setAttribute("aria-expanded", String(open));
      if (open) element.after(h("tr", { class: "proof" }, h("td", { colspan: element.cells.length }, list())));
      else element.nextElementSibling.remove();
    },
    {
      class: "small",
      "aria-expanded": "false",
      "aria-label": t("evidenceOf", { x: joinWords(told.filter(Boolean)) }),
    },
    t("evidence"),
  );
  return made;
}

// The answers as CSV: of each column its name and, where it names something, its address; then the claims behind a row, and
// the titles and addresses of their sources.
export function rowsAsCsv({ columns }, rows) {
  const naming = columns.map((_, place) => rows.some(({ cells }) => typeof cells[place] === "string"));
  const head = columns.flatMap((column, place) => (naming[place] ? [column, `${column}_name`] : [column]));
  const line = (row) => {
    const cells = row.cells.flatMap((term, place) => {
      const iri = typeof term === "string" ? fullIri(term) : textOf(term);
      return naming[place] ? [iri, textOf(term)] : [iri];
    });
    const behind = claimsIn([row]).map((index) => claims[index]);
    const told = [...new Set(behind.map(({ src }) => sources[src]))];
    const cited = told.map((source) => [sourceName(source), source.url].filter(Boolean).join(" "));
    return [...cells, behind.map(claimIri).join(" "), cited.join(" | ")];
  };
  return csvText([...head, "claims", "claim_sources"], rows.map(line));
}
