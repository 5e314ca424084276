// The view in which one writes a query and reads its answer. What was asked stands in the address, so that it is a link,
// and Back leads to what was asked before.
import { data } from "../data.js";
import { $, announce, button, copyButton, h, replace } from "../dom.js";
import { address, onChange, state, update } from "../state.js";
import { MORE } from "../takeaway.js";
import { SHOWN, ofClaims, ofThings } from "../view.js";
import { addView } from "../views.js";
import { inLanguage, t } from "../words.js";
import { viewAsQuery } from "./asquery.js";
import { editor } from "./editor.js";
import { find } from "./naming.js";
import { SECONDS, ask, prefixes, stop } from "./engine.js";
import { namedIn, shown } from "./result.js";

const FIRST = "SELECT ?centre ?place WHERE {\n  ?centre a az:Centre ; az:locatedIn ?place .\n}\n";
const IN_SIGHT = 160; // pixels of an answer that are seen without scrolling
let field = null; // the editor that is in sight
let draft = null; // what stands in it, kept when the language changes
let last = null; // {text, answer}: what was answered last

const say = (key, values) => {
  replace("query-state", t(key, values));
  announce(t(key, values));
};

async function run() {
  const text = field.text();
  last = null;
  update({ query: text });
  $("query-answer").replaceChildren();
  $("query-stop").hidden = false;
  const answer = await ask(text, say).catch((error) => ({ failed: error.message }));
  $("query-stop").hidden = true;
  last = { text, answer };
  tell(answer);
}

function tell(answer) {
  const { fault, failed, stopped, overtime } = answer;
  $("query-state").replaceChildren();
  if (stopped) return say("stopped");
  if (overtime) return say("overtime", { n: SECONDS });
  if (fault) return wrong(fault);
  if (failed !== undefined) return say("runFailed", { x: failed });
  $("query-answer").replaceChildren(...shown(answer));
  if ($("query-answer").getBoundingClientRect().top > innerHeight - IN_SIGHT) $("query-state").scrollIntoView();
  announce(
    answer.rows
      ? t("answers", { n: answer.count })
      : t(answer.turtle === undefined ? (answer.truth ? "yes" : "no") : "turtle"),
  );
}

const REASONS = {
  token: "unexpected",
  early: "endsEarly",
  prefix: "unknownPrefix",
  iri: "brokenIri",
  update: "isUpdate",
};

function wrong(fault) {
  const token = fault.kind === "prefix" ? fault.token.split(":")[0] : fault.token;
  const reason = fault.kind === "rule" ? fault.rule : t(REASONS[fault.kind], { x: `\u2066${token}\u2069` });
  const message = String(t("atPlace", { n: fault.line, k: fault.column, x: reason }));
  field.mark(fault, message);
  announce(message);
}

function starts() {
  const choose = (event) => {
    const chosen = data.questions.find((each) => each.name === event.target.value);
    if (chosen) write(chosen.sparql);
  };
  const entry = (each) => h("option", { value: each.name }, inLanguage(each.label, each.name));
  return h(
    "select",
    { id: "query-start", "aria-label": t("startFrom"), onchange: choose },
    h("option", { value: "" }, t("startFrom")),
    data.questions.map(entry),
  );
}

// Put a text in place of what stands there, to which Back leads.
function write(text) {
  if (draft) update({ query: draft });
  draft = text;
  last = null;
  update({ query: text });
  field.put(text);
  replace("query-state");
  replace("query-answer");
}

function build() {
  const area = h("textarea", { id: "query-text", "aria-label": t("sparql") });
  field = editor(area, {
    run,
    find,
    edited: (text) => {
      draft = text;
    },
  });
  const known = Object.keys(prefixes)
    .filter(Boolean)
    .sort()
    .map((each) => `${each}:`)
    .join(" ");
  replace(
    "ask",
    h("h2", { class: "view-title" }, t("sparql")),
    h("p", { class: "dim" }, t("included")),
    h("div", { class: "row bar" }, starts()),
    field.element,
    h("p", { id: "query-keys", class: "dim" }, t("keysOfQuery")),
    h(
      "div",
      { class: "row" },
      button(run, { id: "query-run", "aria-keyshortcuts": "Control+Enter" }, t("run")),
      button(() => stop(), { id: "query-stop", hidden: true }, t("stop")),
      field.insert,
      copyButton("copyLink", () => new URL(address({ ...state, query: field.text() }), location.href).href),
    ),
    h(
      "details",
      h("summary", t("knownPrefixes")),
      h("p", { dir: "ltr", lang: "en" }, h("code", known)),
      h("p", { class: "dim" }, t("ownPrefix"), " ", h("code", { dir: "ltr" }, `: = <${prefixes[""]}>`)),
    ),
    h("p", { id: "query-state", class: "dim" }),
    h("div", { id: "query-answer" }),
  );
  $("ask").dataset.lang = state.lang;
  field.put(draft ?? (state.query || FIRST));
  if (last) tell(last.answer);
}

function renderQuery() {
  if ($("ask").dataset.lang !== state.lang) build();
}

// Whoever goes back finds what was asked then.
onChange((changed) => {
  if (!changed.has("query") || !state.query || state.query === draft) return;
  draft = state.query;
  field?.put(draft);
});

MORE.push(() => {
  const show = () => {
    const text = viewAsQuery();
    update({ view: "ask" });
    write(text);
    $("query-run").focus();
  };
  return state.view !== "ask" && h("div", { class: "row" }, button(show, { "data-take": "sparql" }, t("viewAsQuery")));
});

// What is taken away from here is what was answered: the claims that it names, or those among its things.
SHOWN.ask = () => {
  const { things, said } = namedIn(last?.answer ?? {});
  return said.length ? ofClaims(said, things) : ofThings(things);
};

addView("ask", renderQuery);
