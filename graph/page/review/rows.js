// The lines of the review file, cell by cell: each change of them is a step that can be taken back, and is kept.
import { data } from "../js/given.js";

export const rows = data.rows.map((cells, index) => ({
  index,
  line: data.lines[index],
  ...Object.fromEntries(data.header.map((column, at) => [column, cells[at]])),
}));

const KEPT = `azetta-review-${data.digest}`;
const steps = [];
// How often what lines say was changed, whatever was decided.
export const corrected = { times: 0 };
// Which step was taken away as a file last: what came after it would be lost.
const taken = { steps: 0 };

// Set cells, `[row, column, text]` each, in one step; `at` is the row that was looked at. Gives how many differ.
export function change(cells, at) {
  const changed = cells.filter(([row, column, text]) => row[column] !== text);
  if (!changed.length) return 0;
  steps.push({ at, before: changed.map(([row, column]) => [row, column, row[column]]) });
  put(changed);
  return changed.length;
}

// Take the last step back; gives the row that was looked at, null where there was none.
export function undo() {
  const step = steps.pop();
  if (!step) return null;
  put(step.before.reverse());
  if (steps.length < taken.steps) taken.steps = -1;
  return step.at;
}

function put(cells) {
  for (const [row, column, text] of cells) {
    row[column] = text;
    if (column !== "decision") corrected.times += 1;
  }
  keep();
}

export const undoable = () => steps.length > 0;
export const unsaved = () => steps.length !== taken.steps;

// What was changed, in this browser alone and for this very review, so that closing the page loses nothing.
function keep() {
  const changed = rows.flatMap((row) =>
    data.header.flatMap((column, at) => (row[column] === data.rows[row.index][at] ? [] : [[row.index, column, row[column]]])),
  );
  try {
    if (changed.length) localStorage.setItem(KEPT, JSON.stringify(changed));
    else localStorage.removeItem(KEPT);
  } catch {
    // A browser may keep nothing of a file: then leaving the page warns.
  }
}

// Bring back what was kept, as one step; gives how many lines of it are decided.
export function restore() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]").filter(([at, column]) => rows[at] && data.header.includes(column));
    change(kept.map(([at, column, text]) => [rows[at], column, String(text)]), rows[0]);
    return kept.filter(([, column]) => column === "decision").length;
  } catch {
    return 0;
  }
}

// The review file with the decisions, to the byte as the command line writes it.
export function file() {
  taken.steps = steps.length;
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [data.header, ...rows.map((row) => data.header.map((column) => row[column]))];
  return lines.map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}
