// What a decision or a correction brings with it: a thing that is new and what names it stand or fall together.
import { data } from "../js/given.js";
import { rows } from "./rows.js";

const SAID = ["kind", "id", "subject", "property", "object", "status", "source", "start", "end", "from", "until", "sha256"];
// The cells that name things and sources.
const NAMING = { entity: ["source"], mention: ["id", "source"], claim: ["subject", "object", "source"] };
const brings = (row) => row.kind === "source" || row.kind === "entity";
const bare = (id) => id.replace(/^source\//, "");

const named = (row) => (NAMING[row.kind] ?? []).map((column) => bare(row[column]));

// The lines that say the very same: they are decided alike.
function same(row) {
  const said = (each) => JSON.stringify(SAID.map((column) => each[column]));
  return rows.filter((each) => said(each) === said(row));
}

// The lines that bring what a line names, and what those name in turn.
export function needs(row) {
  const ids = named(row);
  const near = rows.filter((each) => brings(each) && each !== row && ids.includes(each.id));
  return near.flatMap((each) => [each, ...needs(each)]);
}

const dependents = (row) => (brings(row) ? rows.filter((each) => each !== row && named(each).includes(row.id)) : []);
const isKnown = (row) => row.id in (row.kind === "source" ? data.sources : data.entities);

// The cells that change where a line is decided so.
export function decision(row, decided) {
  const alike = same(row);
  const others =
    decided === "accept"
      ? needs(row)
      : isKnown(row)
        ? []
        : dependents(row)
            .flatMap((each) => [each, ...dependents(each)])
            .filter((each) => decided === "refuse" || each.decision === "accept");
  return [...new Set([...alike, ...others])].map((each) => [each, "decision", decided]);
}

// The cells that change where the id of a new thing does: all that name it follow.
export function renaming(row, id) {
  const followers = isKnown(row) ? [] : rows.filter((each) => each !== row);
  return [
    [row, "id", id],
    ...followers.flatMap((each) =>
      ["subject", "object", ...(each.kind === "mention" || each.kind === "entity" ? ["id"] : [])]
        .filter((column) => each[column] === row.id)
        .map((column) => [each, column, id]),
    ),
  ];
}

// The names that a new thing must have before it can be accepted.
export function missing(row) {
  if (row.decision === "refuse" || !(row.kind in { source: 0, entity: 0 })) return [];
  const name = row.kind === "source" ? "title" : "label";
  return data.info.names.filter((language) => !row[`${name}_${language}`].trim());
}

export const isDecided = (row) => row.decision !== "" && missing(row).length === 0;
