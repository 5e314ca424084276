// The current view as a query that anybody may run and change: the claims that it shows, with who says so.
import { claims, nodes, sources } from "../data.js";
import { wanted } from "../filter.js";
import { selection } from "../state.js";
import { currentView } from "../view.js";
import { t } from "../words.js";

const HEAD = `SELECT ?claim ?subject ?property ?object ?status ?source WHERE {
  ?claim a az:Claim ; rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object ;
    az:standing ?status ; prov:hadPrimarySource ?source .
`;
const term = (index) => `:${nodes[index].id}`;
const status = (name) => `az:${name[0].toUpperCase()}${name.slice(1)}`;
const values = (variable, terms) => `  VALUES ?${variable} { ${terms.join(" ")} }\n`;

export function viewAsQuery() {
  const shown = currentView();
  const [statuses, told] = [wanted("status"), wanted("source")];
  const pool = [...claims.keys()].filter((index) => {
    const { st, src } = claims[index];
    return (!statuses.length || statuses.includes(st)) && (!told.length || told.includes(sources[src].id));
  });
  const limits = [
    statuses.length && values("status", statuses.filter((each) => each !== "inferred").map(status)),
    told.length &&
      values(
        "source",
        told.map((id) => `<source/${id}>`),
      ),
    narrowed(pool, shown),
  ];
  const said = t("count", { n: shown.nodes.length, m: nodes.length, k: shown.claims.length });
  return `# ${said}\n${HEAD}${limits.filter(Boolean).join("")}}\nORDER BY ?subject ?property ?object\n`;
}

// What narrows the pool to the claims that are shown: the first way of saying it that is exact.
function narrowed(pool, shown) {
  const wantedClaims = new Set(shown.claims);
  const things = new Set(shown.nodes);
  const chosen = selection()?.node;
  const exact = (test) => pool.every((index) => test(claims[index]) === wantedClaims.has(index));
  if (exact(() => true)) return "";
  if (chosen && exact(({ s, o }) => s === chosen.index || o === chosen.index))
    return `  FILTER (${term(chosen.index)} IN (?subject, ?object))\n`;
  if (exact(({ s, o }) => things.has(s) && (o === undefined || things.has(o))))
    return `${values("subject", shown.nodes.map(term))}  FILTER (!STRSTARTS(STR(?object), STR(:)) || ?object IN (${shown.nodes.map(term).join(", ")}))\n`;
  return values(
    "claim",
    shown.claims.map((index) => `<claim/${claims[index].id}>`),
  );
}
