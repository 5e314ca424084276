// The documented questions, answered when the page was built; over HTTP the query can be edited and run.
const served = /^https?:$/.test(location.protocol);

function answerCell(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return nodeLink(nodes[cell]);
  if (/^https?:\/\//.test(cell)) return byId.has(cell.slice(data.info.base.length)) && cell.startsWith(data.info.base) ? nodeLink(byId.get(cell.slice(data.info.base.length))) : code(cell);
  return bdi(cell);
}

function answerTable(columns, rows) {
  if (!rows.length) return h("p", { class: "dim" }, t("noAnswer"));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("answers", { n: rows.length }) }, h("table", {}, h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col" }, bdi(column))))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, answerCell(cell))))))));
}

function questionBox(question) {
  const box = h("details", { class: "question", open: state.question === question.name }, h("summary", {}, bdi(inLanguage(question.label, question.name)), h("span", { class: "number" }, t("answers", { n: question.rows.length }))));
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) box.append(...questionBody(question));
    if (box.open && state.question !== question.name) update({ question: question.name }, { replace: true });
  });
  if (box.open) box.append(...questionBody(question));
  return box;
}

function questionBody(question) {
  const query = h("textarea", { dir: "ltr", lang: "en", spellcheck: "false", readonly: !served, "aria-label": t("sparql"), rows: Math.min(16, question.sparql.split("\n").length + 1) });
  query.value = question.sparql;
  const result = h("div", { "aria-live": "polite" });
  const sparql = h("details", {}, h("summary", {}, t("sparql")), query, copyButton("copyTurtle", () => query.value), served && runButton(query, result), result);
  return [answerTable(question.columns.map((column) => inLanguage(question.names?.[column], column)), question.rows), sparql].filter(Boolean);
}

function runButton(query, result) {
  const button = h("button", { type: "button" }, t("run"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const response = await fetch("sparql", { method: "POST", headers: { "content-type": "application/sparql-query", accept: "application/sparql-results+json" }, body: query.value });
      if (!response.ok) throw new Error((await response.text()).slice(0, 600));
      const { head, results, boolean } = await response.json();
      const rows = results ? results.bindings.map((row) => head.vars.map((name_) => row[name_]?.value)) : [[String(boolean)]];
      result.replaceChildren(answerTable(head.vars ?? ["ASK"], rows));
    } catch (error) {
      result.replaceChildren(h("p", { class: "failed" }, t("runFailed", { x: error.message })));
    }
    button.disabled = false;
  });
  return button;
}

function renderQuestions() {
  const list = data.questions ?? [];
  if ($("questions").dataset.lang === state.lang && $("questions").children.length) return;
  $("questions").dataset.lang = state.lang;
  replace("questions", h("h2", { class: "view-title" }, t("questions")), list.length ? list.map(questionBox) : h("p", { class: "empty-view" }, t("noQuestions")));
}
