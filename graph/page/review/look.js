// Which line is looked at, and which lines are shown.
import { isDecided } from "./deciding.js";
import { rows } from "./rows.js";

export const look = { at: rows[0], selected: null };
export const filter = { kind: "", sure: "", decision: "" };

// How sure a line is: from the first number up to the second.
export const SURE = new Map([
  ["highSure", [0.8, 2]],
  ["middleSure", [0.5, 0.8]],
  ["lowSure", [0, 0.5]],
]);
const isOpen = (row) => !isDecided(row);

const passes = (row) => {
  const [from, to] = SURE.get(filter.sure) ?? [0, 2];
  const sure = Number(row.confidence);
  const decision = filter.decision === "undecided" ? isOpen(row) : !filter.decision || row.decision === filter.decision;
  return (!filter.kind || row.kind === filter.kind) && sure >= from && sure < to && decision;
};

// What is looked at stays, so that a decision does not take it from under the eyes.
export const shown = () => rows.filter((row) => row === look.at || passes(row));

const listeners = [];
export const onChange = (listener) => listeners.push(listener);
export function refresh(focus) {
  for (const listener of listeners) listener(focus);
}

export function go(row, focus = "pick") {
  look.at = row;
  refresh(focus);
}

// When a filter is set, what is looked at is the first line that passes it.
export function narrow(name, value) {
  filter[name] = value;
  if (!passes(look.at)) look.at = rows.find(passes) ?? look.at;
  refresh();
}

export function step(by) {
  const list = shown();
  const next = list[list.indexOf(look.at) + by];
  if (next) go(next);
}

// The next open line after a row, from the beginning again behind the last; undefined where none is left.
export function nextOpen(after = look.at) {
  const open = rows.filter((row) => passes(row) && isOpen(row));
  return open.find((row) => row.index > after.index) ?? open[0];
}
