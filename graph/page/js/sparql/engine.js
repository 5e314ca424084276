// The engine that the page carries, started when a query is first asked: a worker, which a query may only hold so long.
import { data } from "../data.js";
import { $ } from "../dom.js";
import { unpacked } from "./unpack.js";

export const SECONDS = 10;
export const prefixes = { ...JSON.parse($("prefixes").textContent), "": data.info.base };

let carried = null; // what the page carries, unpacked once
let running = null; // {worker, done}: what waits for an answer
let idle = null;

const part = (id) => unpacked($(id).textContent, Number($(id).dataset.length));
const text = (bytes) => new TextDecoder().decode(bytes);
const painted = () => new Promise((resolve) => setTimeout(resolve, 30)); // unpacking takes a moment: first say so

// The answer of the worker to one message; `failed` where it ended instead.
function told(worker, message) {
  return new Promise((resolve) => {
    running = { worker, done: resolve };
    worker.onmessage = (event) => resolve(event.data);
    worker.onerror = (event) => resolve({ broken: true, failed: event.message ?? "" });
    worker.postMessage(message);
  });
}

// A new worker, and whether it is ready.
async function begun() {
  await painted();
  carried ??= {
    script: new Blob([text(part("worker"))], { type: "text/javascript" }),
    machine: part("machine"),
    dataset: text(part("dataset")),
  };
  const address = URL.createObjectURL(carried.script);
  const worker = new Worker(address);
  const { machine, dataset } = carried;
  const said = await told(worker, { machine, dataset, prefixes, base: data.info.base });
  URL.revokeObjectURL(address);
  return { worker, said };
}

// Ask a query: {columns, rows, count}, {truth}, {turtle}, {fault, failed}, {stopped} or {overtime}. `say` is told of
// the steps: "starting", "running".
export async function ask(query, say) {
  stop();
  if (!idle) say("starting");
  const { worker, said } = idle ? { worker: idle, said: { ready: true } } : await begun();
  idle = null;
  if (!said.ready) return said;
  say("running");
  const asked = told(worker, { text: query });
  const limit = setTimeout(() => stop({ overtime: true }), SECONDS * 1000);
  const answer = await asked;
  clearTimeout(limit);
  if (running?.worker === worker) running = null;
  if (answer.broken) worker.terminate();
  else if (!answer.stopped && !answer.overtime) idle = worker;
  return answer;
}

// End what is running, with it its worker.
export function stop(answer = { stopped: true }) {
  if (!running) return;
  running.worker.terminate();
  running.done(answer);
  running = null;
}
