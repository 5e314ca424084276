// The knowledge as the page holds it: lists read once, with what can be derived from them.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
const drawn = read("drawn");
const { nodes, edges, claims, sources, properties, kinds, inferences } = data;
const byId = new Map(nodes.map((node) => [node.id, node]));
const byEdgeKey = new Map();

for (const [index, node] of nodes.entries())
  Object.assign(node, { index, links: [], facts: [], values: {}, ...pick(drawn.nodes[index], "x", "y", "size") });
for (const [index, claim] of claims.entries()) {
  if (claim.s !== undefined && (claim.o === undefined || !properties[claim.p]?.edge)) nodes[claim.s].facts.push(index);
}
for (const [index, edge] of edges.entries()) {
  edge.index = index;
  edge.key = [nodes[edge.f].id, edge.p, nodes[edge.t].id].join("~");
  byEdgeKey.set(edge.key, edge);
  nodes[edge.f].links.push(index);
  if (edge.t !== edge.f) nodes[edge.t].links.push(index);
}
for (const inference of inferences) {
  const key = [nodes[inference.s]?.id, inference.p, nodes[inference.o]?.id].join("~");
  const edge = byEdgeKey.get(key);
  if (edge) edge.why = [...(edge.why ?? []), inference];
}

function pick(object, ...keys) {
  return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

function inLanguage(labels, fallback = "") {
  return (
    labels?.[state.lang] ??
    data.info.languages.map((each) => labels?.[each]).find(Boolean) ??
    Object.values(labels ?? {})[0] ??
    fallback
  );
}

// A name on its own begins with a capital, where the writing has capitals.
const capitalised = (text) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
const name = (node) => capitalised(inLanguage(node.label, node.id));
const propertyName = (id) => inLanguage(properties[id]?.label, id);
const kindName = (kind) => inLanguage(kind.label, "") || t("other");
const sourceName = (source) => inLanguage(source.label, source.id);
const statusName = (status) => (status === "inferred" ? t("inferred") : inLanguage(data.statuses[status], status));
const statusOf = (edge) => (edge.r ? "inferred" : edge.s);
const other = (edge, index) => (edge.f === index ? edge.t : edge.f);
const entityIri = (node) => data.info.base + node.id;
const sourceById = new Map(sources.map((source) => [source.id, source]));
const isPlace = (node) => kinds[node.kind].class === "Place";
const isSector = (node) => kinds[node.kind].class === "Sector";

const isTold = (link) => !edges[link].r;

// Where a thing is: the places its links lead to, and the places that hold those.
function placesOf(index, seen = new Set()) {
  for (const link of nodes[index].links) {
    const edge = edges[link];
    if (edge.f !== index || !isPlace(nodes[edge.t]) || seen.has(edge.t)) continue;
    if (isPlace(nodes[index]) && statusOf(edge) !== "stated" && !edge.r) continue;
    seen.add(edge.t);
    placesOf(edge.t, seen);
  }
  return seen;
}

for (const node of nodes) {
  const linked = node.links.map((link) => edges[link]);
  const said = [...node.facts, ...linked.flatMap((edge) => edge.c)].map((index) => claims[index]);
  const around = (test) => linked.map((edge) => nodes[other(edge, node.index)]).filter(test);
  node.values = {
    kind: new Set([kinds[node.kind].class]),
    sector: new Set((isSector(node) ? [node] : around(isSector)).map((each) => each.id)),
    place: new Set([...placesOf(node.index), ...(isPlace(node) ? [node.index] : [])].map((index) => nodes[index].id)),
    status: new Set([...said.map((claim) => claim.st), ...linked.filter((edge) => edge.r).map(() => "inferred")]),
    source: new Set(said.map((claim) => sources[claim.src].id)),
  };
}

for (const edge of edges) {
  edge.values = {
    status: new Set(edge.r ? ["inferred"] : edge.c.map((index) => claims[index].st)),
    source: new Set((edge.r ? edge.g : edge.c).map((index) => sources[claims[index].src].id)),
  };
}

const told = (index) => nodes[index].links.filter(isTold).length;

// Things from the most to the least important: the focus, then by number of links.
const ranked = nodes
  .map((node) => node.index)
  .sort((a, b) => (b === data.info.focus) - (a === data.info.focus) || told(b) - told(a) || a - b);
const mostLinked = [...ranked].sort((a, b) => told(b) - told(a));
const rankOf = new Map(ranked.map((index, rank) => [index, rank]));

function factValue(node, property) {
  const index = node.facts.find((each) => claims[each].p === property);
  return index === undefined ? undefined : claims[index].v;
}

// Things within so many links: {index → steps}. Inferred links count at the first step only, where they tell something.
function neighbourhood(index, depth, follow = (link, step) => step === 1 || isTold(link)) {
  const reached = new Map([[index, 0]]);
  let edge = [index];
  for (let step = 1; step <= depth && edge.length; step += 1) {
    const next = [];
    for (const at of edge) {
      for (const link of nodes[at].links) {
        if (!follow(link, step)) continue;
        const far = other(edges[link], at);
        if (!reached.has(far)) {
          reached.set(far, step);
          next.push(far);
        }
      }
    }
    edge = next;
  }
  return reached;
}

function group(list, key) {
  const groups = new Map();
  for (const each of list) {
    const at = key(each);
    groups.has(at) ? groups.get(at).push(each) : groups.set(at, [each]);
  }
  return groups;
}
