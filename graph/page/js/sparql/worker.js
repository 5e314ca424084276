// What a worker does that answers queries: its script begins with the engine's module, which leaves `engine` to this one.
import { faultIn } from "./faults.js";

const { initSync, Store } = globalThis.engine;
const UNION = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"; // as graph/store/embedded.py: each triple once
const TABLES = "application/sparql-results+json";
const ROWS = 10000; // that are handed over; how many there are is said
const NO_TABLE = /^Not supported RDF format/; // the engine's answer where triples are asked for in a format of tables
const NOWHERE = "a query here reaches no other service";

let dataset = null;
let nothing = null;
let known = {};

function begin(given) {
  initSync({ module: given.machine });
  known = given;
  [dataset, nothing] = [new Store(), new Store()];
  dataset.load(given.dataset, { format: "application/trig" });
  dataset.update(UNION);
  return { ready: true };
}

// The engine knows no prefixes: they are declared in a line before the query's first one.
const declared = (text) =>
  `${Object.entries(known.prefixes)
    .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>`)
    .join(" ")}\n${text}`;

const ask = (store, text, format) => store.query(declared(text), { base_iri: known.base, results_format: format });

function answer({ text }) {
  try {
    return table(JSON.parse(ask(dataset, text, TABLES)));
  } catch (error) {
    if (!NO_TABLE.test(error.message)) throw error;
    return { turtle: ask(dataset, text, "text/turtle") };
  }
}

function table({ head, results, boolean }) {
  if (!results) return { truth: boolean };
  const rows = results.bindings.slice(0, ROWS).map((row) => head.vars.map((name) => row[name] ?? null));
  return { columns: head.vars, rows, count: results.bindings.length };
}

// What is wrong with a query that the engine refused; without a place in its text where it was the answering that failed.
function wrong({ text }, error) {
  const attempt = (part) => ask(nothing, part, TABLES);
  const broken = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
  const failed = error.message.startsWith("The service") ? NOWHERE : error.message;
  return broken ? { broken, failed } : { fault: faultIn(text, error.message, attempt), failed };
}

addEventListener("message", ({ data }) => {
  try {
    postMessage(data.machine ? begin(data) : answer(data));
  } catch (error) {
    postMessage(wrong(data, error));
  }
});
