// The documented questions, answered when the page was built; over HTTP the query can be edited and run.
import { byId, data, nodes, properties, sources } from "./data.js";
import { $, bdi, button, code, copyButton, h, isWeb, nothingHere, replace } from "./dom.js";
import { nodeLink } from "./evidence.js";
import { sourceIri } from "./model.js";
import { name } from "./names.js";
import { served, showTogether, state, update } from "./state.js";
import { inLanguage, joinWords, labelled, t } from "./words.js";

const ANSWERS_ACCEPTED = "application/sparql-results+json, text/turtle;q=0.9";
const drafts = new Map(); // what the reader wrote in place of a question's query, kept when the language changes

// What the model calls the terms that answers name: properties, classes, statuses, rules, sources.
export const named = new Map([
  ...Object.entries(data.classes).map(([id, label]) => [id.includes(":") ? id : `az:${id}`, label]),
  ...Object.entries(properties).map(([id, property]) => [id.includes(":") ? id : `az:${id}`, property.label]),
  ...Object.entries(data.statuses).map(([id, label]) => [`az:${id[0].toUpperCase()}${id.slice(1)}`, label]),
  ...Object.entries(data.concepts),
  ...Object.entries(data.rules).map(([id, label]) => [`az:rule-${id}`, label]),
  ...sources.map((source) => [sourceIri(source), source.label]),
]);

// The thing that a cell names, if it names one.
function thingIn(cell) {
  if (typeof cell === "number") return nodes[cell];
  return cell?.startsWith(data.info.base) ? byId.get(cell.slice(data.info.base.length)) : undefined;
}

function answerCell(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return nodeLink(nodes[cell]);
  if (named.has(cell)) return bdi(inLanguage(named.get(cell)));
  const inside = thingIn(cell);
  if (inside) return nodeLink(inside);
  return isWeb(cell) ? code(cell) : bdi(cell);
}

// That there is no answer, and what would give one: names by language.
function noAnswer(needs) {
  const terms = joinWords(needs.map((each) => inLanguage(each)));
  return h("p", { class: "dim" }, t("noAnswer"), needs.length ? ` ${t("needs", { terms })}` : "");
}

function answerTable(columns, rows, needs = []) {
  if (!rows.length) return noAnswer(needs);
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("answers", { n: rows.length }) },
    h(
      "table",
      h(
        "thead",
        h(
          "tr",
          columns.map((column) => h("th", { scope: "col" }, bdi(...labelled(data.columns[column], column)))),
          h("td"),
        ),
      ),
      h("tbody", rows.map(answerRow)),
    ),
  );
}

// A row leads to its things in the network: by its button, or by a click on what is no link of its own.
function answerRow(row) {
  const found = [...new Set(row.map(thingIn).filter(Boolean))];
  const cells = row.map((cell) => h("td", answerCell(cell)));
  if (!found.length) return h("tr", cells, h("td"));
  const label = `${t("network")}: ${joinWords(found.map(name))}`;
  const lead = (event) => !event.target.closest("a") && showTogether(found);
  const leading = h("button", { type: "button", class: "small", "aria-label": label }, t("network"));
  return h("tr", { class: "leads", onclick: lead }, cells, h("td", leading));
}

function questionBox(question) {
  const box = h(
    "details",
    { class: "question", "data-question": question.name, open: state.question === question.name },
    h(
      "summary",
      bdi(...labelled(question.label, question.name)),
      h("span", { class: "number" }, t("answers", { n: question.count })),
    ),
  );
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(...questionBody(question));
    if (box.open && state.question !== question.name) update({ question: question.name }, { replace: true });
    else if (!box.open && state.question === question.name) update({ question: "" }, { replace: true });
  });
  if (box.open) box.append(...questionBody(question));
  return box;
}

function questionBody(question) {
  const query = h("textarea", {
    dir: "ltr",
    lang: "en",
    spellcheck: "false",
    readonly: !served,
    "aria-label": t("sparql"),
    rows: Math.min(16, question.sparql.split("\n").length + 1),
  });
  query.value = drafts.get(question.name) ?? question.sparql;
  query.addEventListener("input", () => drafts.set(question.name, query.value));
  const result = h("div", { "aria-live": "polite" });
  const sparql = h(
    "details",
    h("summary", t("sparql")),
    query,
    copyButton("copyTurtle", () => query.value),
    served && runButton(query, result),
    result,
  );
  const [n, m] = [question.rows.length, question.count];
  return [
    h("p", { class: "dim" }, bdi(...labelled(question.about))),
    question.command && h("p", { class: "dim" }, t("askOne"), " ", code(question.command)),
    showButton(question),
    answerTable(question.columns, question.rows, question.needs),
    m > n && h("p", { class: "dim" }, t("firstRows", { n, m })),
    sparql,
  ].filter(Boolean);
}

// Put all that a question answers with in sight, in the network: also what is in the rows that are not listed.
function showButton(question) {
  if (!question.things.length) return null;
  return button(() => showTogether(question.things.map((index) => nodes[index])), {}, t("showAll"));
}

// An answer that came over HTTP: rows, yes or no, or a graph (CONSTRUCT, DESCRIBE) as text.
async function answerShown(response) {
  if (!response.headers.get("content-type").includes("json"))
    return h("pre", { dir: "ltr", lang: "en", tabindex: "0", "aria-label": "Turtle" }, await response.text());
  const { head, results, boolean } = await response.json();
  if (!results) return answerTable(["ASK"], [[String(boolean)]]);
  const rows = results.bindings.map((row) => head.vars.map((variable) => row[variable]?.value));
  return answerTable(head.vars, rows);
}

function runButton(query, result) {
  const run = async () => {
    made.disabled = true;
    result.replaceChildren(
      await answered(query.value).catch((error) => h("p", { class: "failed" }, t("runFailed", { x: error.message }))),
    );
    made.disabled = false;
  };
  const made = button(run, {}, t("run"));
  return made;
}

async function answered(query) {
  const response = await fetch("sparql", {
    method: "POST",
    headers: { "content-type": "application/sparql-query", accept: ANSWERS_ACCEPTED },
    body: query,
  });
  if (!response.ok) throw new Error((await response.text()).slice(0, 600));
  return answerShown(response);
}

export function renderQuestions() {
  const list = data.questions;
  if ($("questions").dataset.lang === state.lang && $("questions").children.length) return openQuestion();
  $("questions").dataset.lang = state.lang;
  replace(
    "questions",
    h("h2", { class: "view-title" }, t("questions")),
    list.length ? list.map(questionBox) : nothingHere("noQuestions"),
  );
  openQuestion();
}

// The address says which question stands open, no other does; one that was not in sight is brought there.
function openQuestion() {
  const boxes = [...document.querySelectorAll(".question")];
  const asked = boxes.find((box) => box.dataset.question === state.question);
  for (const box of boxes) box.open = box === asked;
  if (!asked) return;
  const [page, top] = [$("view-questions").getBoundingClientRect(), asked.getBoundingClientRect().top];
  if (top < page.top || top > page.bottom - 60) asked.scrollIntoView();
}
