// The documented questions, answered when the page was built; over HTTP the query can be edited and run.
const served = /^https?:$/.test(location.protocol);

// What the model calls the terms that answers name: properties, classes, statuses, rules, sources.
const named = new Map([
  ...Object.entries(data.classes).map(([id, label]) => [`az:${id}`, label]),
  ...Object.entries(properties).map(([id, property]) => [id.includes(":") ? id : `az:${id}`, property.label]),
  ...Object.entries(data.statuses).map(([id, label]) => [`az:${capital(id)}`, label]),
  ...Object.entries(data.rules).map(([id, label]) => [`az:rule-${id}`, label]),
  ...sources.map((source) => [sourceIri(source), source.label]),
]);

function answerCell(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return nodeLink(nodes[cell]);
  if (named.has(cell)) return bdi(inLanguage(named.get(cell)));
  const inside = cell.startsWith(data.info.base) && byId.get(cell.slice(data.info.base.length));
  if (inside) return nodeLink(inside);
  return /^https?:\/\//.test(cell) ? code(cell) : bdi(cell);
}

function answerTable(columns, rows) {
  if (!rows.length) return h("p", { class: "dim" }, t("noAnswer"));
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": t("answers", { n: rows.length }) },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map((column) => h("th", { scope: "col" }, bdi(column))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell) => h("td", {}, answerCell(cell))),
          ),
        ),
      ),
    ),
  );
}

function questionBox(question) {
  const box = h(
    "details",
    { class: "question", "data-question": question.name, open: state.question === question.name },
    h(
      "summary",
      {},
      bdi(inLanguage(question.label, question.name)),
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
  query.value = question.sparql;
  const result = h("div", { "aria-live": "polite" });
  const sparql = h(
    "details",
    {},
    h("summary", {}, t("sparql")),
    query,
    copyButton("copyTurtle", () => query.value),
    served && runButton(query, result),
    result,
  );
  const heads = question.columns.map((column) => inLanguage(data.columns[column], column));
  const cut =
    question.count > question.rows.length && h("p", { class: "dim" }, t("firstRows", { n: question.rows.length, m: question.count }));
  return [
    h("p", { class: "dim" }, bdi(inLanguage(question.about))),
    showButton(question),
    answerTable(heads, question.rows),
    cut,
    sparql,
  ].filter(Boolean);
}

// Put all that a question answers with in sight, in the network.
function showButton(question) {
  const found = [...new Set(question.rows.flat().filter((cell) => typeof cell === "number"))];
  if (!found.length) return null;
  const button = h("button", { type: "button" }, t("showAll"));
  button.addEventListener("click", () =>
    update({ view: "network", select: "", from: "", to: "", marked: found.map((index) => nodes[index].id) }),
  );
  return button;
}

function runButton(query, result) {
  const button = h("button", { type: "button" }, t("run"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const response = await fetch("sparql", {
        method: "POST",
        headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json" },
        body: query.value,
      });
      if (!response.ok) throw new Error((await response.text()).slice(0, 600));
      const { head, results, boolean } = await response.json();
      const rows = results
        ? results.bindings.map((row) => head.vars.map((name_) => row[name_]?.value))
        : [[String(boolean)]];
      result.replaceChildren(answerTable(head.vars ?? ["ASK"], rows));
    } catch (error) {
      result.replaceChildren(h("p", { class: "failed" }, t("runFailed", { x: error.message })));
    }
    button.disabled = false;
  });
  return button;
}

function renderQuestions() {
  const list = data.questions;
  if ($("questions").dataset.lang === state.lang && $("questions").children.length) return openQuestion();
  $("questions").dataset.lang = state.lang;
  replace(
    "questions",
    h("h2", { class: "view-title" }, t("questions")),
    list.length ? list.map(questionBox) : h("p", { class: "empty-view" }, t("noQuestions")),
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
