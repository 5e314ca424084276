// The documented questions: asked of anything that may be chosen; over HTTP the query can be edited and run.
import { answersOf, given, isWhole, questionNamed, thingsIn } from "./answers.js";
import { answerTable, noAnswer, rowsAsCsv } from "./answertable.js";
import { textOf } from "./cells.js";
import { data } from "./data.js";
import { $, bdi, button, code, copyButton, download, h, nothingHere, put, replace } from "./dom.js";
import { pickers } from "./pickers.js";
import { address, parseState, served, showTogether, state, update } from "./state.js";
import { fullIri, termOf } from "./triples.js";
import { joinWords, labelled, t } from "./words.js";

const ANSWERS_ACCEPTED = "application/sparql-results+json, text/turtle;q=0.9";
const drafts = new Map(); // what the reader wrote in place of a question's query, kept when the language changes

function questionBox(question) {
  const open = state.question === question.name;
  const box = h("details", { class: "question", "data-question": question.name, open }, h("summary", titled(question)));
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(...questionBody(question));
    const [here, before] = [question.name, state.question];
    if (box.open && before !== here) update({ question: here, with: [] }, { replace: true });
    else if (!box.open && before === here) update({ question: "", with: [] }, { replace: true });
  });
  if (open) box.append(...questionBody(question));
  return box;
}

const askedOf = (question) => (state.question === question.name ? given(question) : []);

// What a question asks of all, or of what is chosen, and that: [text, language, what is chosen].
export function titleOf(question) {
  const about = askedOf(question).map(({ term }) => textOf(term));
  const label = { ...question.label, ...(about.length > 0 && question.one) };
  return [...labelled(label, question.name), joinWords(about)];
}

// A question, whom it is asked about, and how many answers it has.
function titled(question) {
  const [text, lang, about] = titleOf(question);
  const n = about ? answersOf(question).length : question.count;
  return [
    bdi(text, lang),
    about && h("strong", " ", bdi(about)),
    n !== undefined && h("span", { class: "number" }, t("answers", { n })),
  ];
}

// The query, with the values that are chosen.
function sparqlOf(question) {
  const bound = given(question).map(({ parameter, term }) => {
    const value = Array.isArray(term) ? JSON.stringify(term[0]) : `<${fullIri(term)}>`;
    return `VALUES ?${parameter.name} { ${value} }\n`;
  });
  if (!bound.length) return question.sparql;
  const where = question.sparql.indexOf("{", question.sparql.indexOf("WHERE")) + 1;
  return `${question.sparql.slice(0, where)}\n  ${bound.join("  ").trimEnd()}${question.sparql.slice(where)}`;
}

function questionBody(question) {
  const text = sparqlOf(question);
  const query = h("textarea", {
    dir: "ltr",
    lang: "en",
    spellcheck: "false",
    readonly: !served,
    "aria-label": t("sparql"),
    rows: Math.min(16, text.split("\n").length + 1),
  });
  query.value = drafts.get(text) ?? text;
  query.addEventListener("input", () => drafts.set(text, query.value));
  const result = h("div", { "aria-live": "polite" });
  const sparql = h(
    "details",
    h("summary", t("sparql")),
    query,
    copyButton("copyTurtle", () => query.value),
    served && runButton(query, result),
    result,
  );
  const about = h("p", { class: "dim" }, bdi(...labelled(question.about)));
  return [about, isWhole(question) && pickers(question), answered(question), sparql].flat().filter(Boolean);
}

// The answers, where the page has them, and what can be done with them.
function answered(question) {
  if (question.address) return elsewhere(question);
  if (!question.columns) return h("p", t("answeredElsewhere"), " ", code(question.command));
  const rows = answersOf(question);
  const things = thingsIn(rows);
  const csv = () => rowsAsCsv(question, rows);
  const file = `${data.info.name}-${question.name}.csv`;
  const acts = rows.length > 0 && [
    things.length > 0 && button(() => showTogether(things), {}, t("showAll")),
    copyButton("copyCsv", csv),
    button(() => download(csv(), file, "text/csv;charset=utf-8"), { class: "small" }, t("getCsv")),
  ];
  const whole = isWhole(question);
  return [
    !whole && question.command && h("p", { class: "dim" }, t("askOne"), " ", code(question.command)),
    acts && h("div", { class: "row" }, acts),
    rows.length ? answerTable(question.columns, rows) : noAnswer(question.needs),
    !whole && h("p", { class: "dim" }, t("firstRows", { n: rows.length, m: question.count })),
  ];
}

// What another view answers: the address of that view, once all that it needs is chosen.
function elsewhere(question) {
  const values = new Map(given(question).map(({ parameter, value }) => [parameter.name, value]));
  if (values.size < question.parameters.length) return null;
  const at = question.address.replace(/\{(\w+)\}/g, (_, key) => encodeURIComponent(values.get(key)));
  const next = { ...parseState(`#${at}`), lang: state.lang, theme: state.theme };
  const go = (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    update(next);
    $("record").querySelector("h2")?.focus();
  };
  return h("p", h("a", { href: address(next), onclick: go }, t("showAll")));
}

// An answer that came over HTTP: rows, yes or no, or a graph (CONSTRUCT, DESCRIBE) as text.
async function answerShown(response) {
  if (!response.headers.get("content-type").includes("json"))
    return h("pre", { dir: "ltr", lang: "en", tabindex: "0", "aria-label": "Turtle" }, await response.text());
  const { head, results, boolean } = await response.json();
  if (!results) return answerTable(["ASK"], [{ cells: [[String(boolean)]], proofs: [] }]);
  const cell = (found) =>
    found && (found.type === "uri" ? termOf(found.value) : [found.value, found["xml:lang"] ?? ""]);
  const rows = results.bindings.map((row) => ({ cells: head.vars.map((name) => cell(row[name])), proofs: [] }));
  return rows.length ? answerTable(head.vars, rows) : noAnswer();
}

function runButton(query, result) {
  const start = async () => {
    made.disabled = true;
    result.replaceChildren(
      await run(query.value).catch((error) => h("p", { class: "failed" }, t("runFailed", { x: error.message }))),
    );
    made.disabled = false;
  };
  const made = button(start, {}, t("run"));
  return made;
}

async function run(query) {
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

// The address says which question stands open, no other does, and of what it is asked; what was not in sight comes there.
function openQuestion() {
  const boxes = [...document.querySelectorAll(".question")];
  const asked = boxes.find((box) => box.dataset.question === state.question);
  for (const box of boxes) {
    const question = questionNamed(box.dataset.question);
    const at = `${box === asked} ${box === asked ? state.with : ""}`;
    if (box.dataset.at !== at) renew(box, question);
    box.dataset.at = at;
    box.open = box === asked;
  }
  if (!asked) return;
  const [page, top] = [$("view-questions").getBoundingClientRect(), asked.getBoundingClientRect().top];
  if (top < page.top || top > page.bottom - 60) asked.scrollIntoView();
}

// Ask again, and stay where one was.
function renew(box, question) {
  const focused = box.contains(document.activeElement) && document.activeElement.id;
  put(box.firstElementChild, titled(question));
  box.replaceChildren(
    box.firstElementChild,
    ...(box.open || state.question === question.name ? questionBody(question) : []),
  );
  if (focused) $(focused)?.focus();
}
