// The places that no text names, which come as rows of values under heads (graph/page/background.py): made into things,
// claims and triples like all the others, after them.
import { data as given } from "./given.js";

export const data = given;
const { nodes, claims, triples, background } = data;
const known = new Map(triples.terms.map((term, index) => [JSON.stringify(term), index]));

function numbered(term) {
  const key = JSON.stringify(term);
  if (!known.has(key)) known.set(key, triples.terms.push(term) - 1);
  return known.get(key);
}

// A value is the place of a thing or its name (null), what follows a stem (its number), or a literal (its kind).
function termOf(value, kind) {
  if (kind === null) return nodes[value]?.id ?? value;
  if (typeof kind === "number") return [kind, value];
  return kind ? [value, kind] : [value];
}

const filled = (blocks, row, values) =>
  blocks.map((block) => block.map((at) => (at < 0 ? numbered(termOf(row[-1 - at], values[-1 - at])) : at)));

for (const { values, triples: blocks, rows, ...thing } of background.things)
  for (const row of rows) {
    nodes.push({ ...thing, id: row[0] });
    triples.nodes.push(filled(blocks, row, values));
  }

for (const { src, claims: said, values, rows } of background.records)
  for (const row of rows)
    for (const [index, { triples: blocks, ...claim }] of said.entries()) {
      const [s, rec] = row;
      const [object, id] = row.slice(2 + 2 * index);
      claims.push({ ...claim, src, s, rec, id, [claim.dt ? "v" : "o"]: object });
      triples.claims.push(filled(blocks, row, values));
    }
