// The query page of a server: its field with numbered lines and names, which the server finds; its answer as CSV.
// Addresses are relative: a proxy may show the server below a path.
import { $, button, download, h } from "../dom.js";
import { state } from "../given.js";
import { t } from "../words.js";
import { editor } from "./editor.js";

const MOST = 4; // of each kind
const PAUSE = 150; // milliseconds
const TERMS = { entity: (id) => (id.includes("/") ? `<${id}>` : `:${id}`), type: term, property: term };

let latest = 0; // the number of the last question for names

function term(id) {
  return id.includes(":") ? id : `az:${id}`;
}

async function suggested(kind, text) {
  const headers = { "accept-language": state.lang };
  const response = await fetch(`reconcile/suggest/${kind}?${new URLSearchParams({ prefix: text })}`, { headers });
  const { result } = response.ok ? await response.json() : { result: [] };
  return result.map(({ id, name }) => ({ term: TERMS[kind](id), shown: name }));
}

// One question at a time, and none while one goes on typing: the server has others to answer.
async function find(text) {
  latest += 1;
  const mine = latest;
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  const [prefix, local] = text.includes(":") ? text.split(":") : ["", text];
  const kinds = text.startsWith(":") ? ["entity"] : prefix ? ["type", "property"] : ["type", "property", "entity"];
  const found = [];
  for (const kind of kinds) {
    const list = mine === latest ? await suggested(kind, local) : [];
    found.push(...list.filter((each) => each.term.startsWith(prefix)).slice(0, MOST));
  }
  return found;
}

async function saveAsCsv() {
  const query = new URLSearchParams({ query: $("query").defaultValue });
  const response = await fetch(`sparql?${query}`, { headers: { accept: "text/csv" } });
  if (response.ok) download(await response.blob(), "answer.csv");
}

const field = $("query");
const place = h("div");
field.before(place);
const { element, insert, mark } = editor(field, { run: () => field.form.requestSubmit(), edited: () => {}, find });
place.replaceWith(element);
$("query-tools").append(" ", insert);
const wrong = $("problem")?.dataset.line;
mark(wrong ? { line: Number(wrong), at: 0, token: "" } : null);
if ($("answer-tools")) $("answer-tools").append(" ", button(saveAsCsv, { id: "answer-csv", lang: "en" }, "CSV"));
$("query-keys").textContent = t("keysOfQuery");
