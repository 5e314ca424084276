// The current view as data: CSV, Turtle and JSON-LD, of what passes the filters (or of one thing).
const PREFIXES = {
  az: "https://w3id.org/azetta/ontology#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  prov: "http://www.w3.org/ns/prov#",
  oa: "http://www.w3.org/ns/oa#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

const sourceIri = (source) => `${data.info.base}source/${source.id}`;
const claimIri = (claim) => `${data.info.base}claim/${claim.id}`;
const iriTerm = (iri) => `<${iri.replace(/[^\u0021-\uffff]|[<>"{}|\\^`]/g, (letter) => encodeURIComponent(letter))}>`;
const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
const capital = (word) => word[0].toUpperCase() + word.slice(1);
const asserted = (claim) => ["stated", "ongoing"].includes(claim.st) && !claim.over;

function propertyTerm(id) {
  const iri = properties[id]?.iri ?? id;
  const [prefix, base] = Object.entries(PREFIXES).find(([, each]) => iri.startsWith(each)) ?? [];
  return prefix && /^[A-Za-z]\w*$/.test(iri.slice(base.length)) ? `${prefix}:${iri.slice(base.length)}` : iriTerm(iri);
}

function subjectIri(claim) {
  return data.info.base + (claim.s === undefined ? claim.about : nodes[claim.s].id);
}

function objectTerm(claim) {
  if (claim.o !== undefined) return iriTerm(entityIri(nodes[claim.o]));
  const type = claim.dt;
  if (claim.v in data.concepts) return claim.v;
  if (!type && /^https?:\/\//.test(claim.v)) return iriTerm(claim.v);
  return type && type !== "xsd:string" ? `${quoted(claim.v)}^^${type}` : quoted(claim.v);
}

function nodeTurtle(node) {
  const lines = [`a ${(node.classes ?? []).map((each) => `az:${each}`).join(", ") || "rdfs:Resource"}`];
  const tagged = (names) =>
    Object.entries(names).flatMap(([lang, texts]) => [texts].flat().map((text) => `${quoted(text)}@${lang}`));
  lines.push(`rdfs:label ${tagged(node.label).join(", ")}`);
  const others = tagged(node.alt ?? {});
  if (others.length) lines.push(`skos:altLabel ${others.join(", ")}`);
  return `${iriTerm(entityIri(node))} ${lines.join(" ;\n    ")} .`;
}

function claimTurtle(claim) {
  const source = iriTerm(sourceIri(sources[claim.src]));
  const [subject, property, object] = [iriTerm(subjectIri(claim)), propertyTerm(claim.p), objectTerm(claim)];
  const lines = [
    "a az:Claim",
    `rdf:subject ${subject}`,
    `rdf:predicate ${property}`,
    `rdf:object ${object}`,
    `az:status az:${capital(claim.st)}`,
    `prov:hadPrimarySource ${source}`,
  ];
  const out = asserted(claim) ? [`${subject} ${property} ${object} .`] : [];
  if (claim.rec) lines.push(`az:record ${quoted(claim.rec)}`);
  for (const { at } of passages(claim)) {
    const [start, end] = at;
    const passage = iriTerm(`${sourceIri(sources[claim.src])}#char=${start},${end}`);
    const selector = iriTerm(`${data.info.base}selector/${sources[claim.src].id}/${start}-${end}`);
    lines.push(`prov:wasQuotedFrom ${passage}`);
    out.push(
      `${passage} a oa:SpecificResource ; oa:hasSource ${source} ; oa:hasSelector ${selector} .`,
      `${selector} a oa:TextPositionSelector ; oa:start ${start} ; oa:end ${end} .`,
    );
  }
  return [`${iriTerm(claimIri(claim))} ${lines.join(" ;\n    ")} .`, ...out].join("\n");
}

// Turtle of these things and claims: names, claims with their passages, and the plain triples of what is asserted.
function turtleOf(nodeIndices, claimIndices) {
  const head = Object.entries(PREFIXES).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
  const body = [
    ...nodeIndices.map((index) => nodeTurtle(nodes[index])),
    ...claimIndices.map((index) => claimTurtle(claims[index])),
  ];
  return `${head.join("\n")}\n\n${[...new Set(body.join("\n").split(/(?<= \.)\n/))].join("\n")}\n`;
}

function jsonldOf(nodeIndices, claimIndices) {
  const context = {
    ...PREFIXES,
    label: { "@id": "rdfs:label", "@container": "@language" },
    altLabel: { "@id": "skos:altLabel", "@container": "@language" },
  };
  const things = nodeIndices.map((index) => ({
    "@id": entityIri(nodes[index]),
    "@type": (nodes[index].classes ?? []).map((each) => `az:${each}`),
    label: nodes[index].label,
    ...(nodes[index].alt && { altLabel: nodes[index].alt }),
  }));
  const byIri = new Map(things.map((thing) => [thing["@id"], thing]));
  const said = claimIndices.map((index) => claimJson(claims[index]));
  for (const claim of claimIndices.map((index) => claims[index]).filter(asserted)) {
    const thing = byIri.get(subjectIri(claim)) ?? { "@id": subjectIri(claim) };
    if (!byIri.has(thing["@id"])) byIri.set(thing["@id"], thing);
    const property = properties[claim.p]?.iri ?? claim.p;
    thing[property] ??= [];
    const have = thing[property];
    if (!have.some((each) => JSON.stringify(each) === JSON.stringify(objectJson(claim)))) have.push(objectJson(claim));
  }
  return `${JSON.stringify({ "@context": context, "@graph": [...byIri.values(), ...said] }, null, 2)}\n`;
}

function objectJson(claim) {
  if (claim.o !== undefined) return { "@id": entityIri(nodes[claim.o]) };
  const type = claim.dt;
  if (claim.v in data.concepts || (!type && /^https?:\/\//.test(claim.v))) return { "@id": claim.v };
  return type && type !== "xsd:string" ? { "@value": claim.v, "@type": type } : { "@value": claim.v };
}

function claimJson(claim) {
  const source = sourceIri(sources[claim.src]);
  const quoted = passages(claim).map(({ at: [start, end] }) => ({
    "@id": `${source}#char=${start},${end}`,
    "@type": "oa:SpecificResource",
    "oa:hasSource": { "@id": source },
    "oa:hasSelector": {
      "@id": `${data.info.base}selector/${sources[claim.src].id}/${start}-${end}`,
      "@type": "oa:TextPositionSelector",
      "oa:start": start,
      "oa:end": end,
    },
  }));
  return {
    "@id": claimIri(claim),
    "@type": "az:Claim",
    "rdf:subject": { "@id": subjectIri(claim) },
    "rdf:predicate": { "@id": properties[claim.p]?.iri ?? claim.p },
    "rdf:object": objectJson(claim),
    "az:status": { "@id": `az:${capital(claim.st)}` },
    "prov:hadPrimarySource": { "@id": source },
    ...(claim.rec && { "az:record": claim.rec }),
    ...(quoted.length && { "prov:wasQuotedFrom": quoted.length > 1 ? quoted : quoted[0] }),
  };
}

function csvOf(claimIndices) {
  const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = claimIndices
    .map((index) => claims[index])
    .map((claim) => [
      subjectIri(claim),
      subjectName(claim),
      properties[claim.p]?.iri ?? claim.p,
      propertyName(claim.p),
      claim.o === undefined ? claim.v : entityIri(nodes[claim.o]),
      objectName(claim),
      claim.st,
      sourceIri(sources[claim.src]),
      claim.at?.[0] ?? "",
      claim.at?.[1] ?? "",
      claim.rec ?? "",
      claimIri(claim),
    ]);
  const head = [
    "subject",
    "subject_name",
    "property",
    "property_name",
    "object",
    "object_name",
    "status",
    "source",
    "start",
    "end",
    "record",
    "claim",
  ];
  return `\ufeff${[head, ...rows].map((row) => row.map((each) => cell(String(each))).join(",")).join("\r\n")}\r\n`;
}

const claimMatches = (claim) => matches({ status: new Set([claim.st]), source: new Set([sources[claim.src].id]) });

// What the view shows now: things that pass the filters (or the neighbourhood of the selected), and their claims.
function currentView() {
  const kept = matching();
  const chosen = selection()?.node;
  const around = chosen && neighbourhood(chosen.index, state.depth);
  const things = [...kept.nodes].filter((index) => !around || around.has(index)).sort((a, b) => a - b);
  const inside = new Set(things);
  const links = [...kept.edges]
    .filter((index) => inside.has(edges[index].f) && inside.has(edges[index].t))
    .flatMap((index) => edges[index].c);
  const facts = things.flatMap((index) => nodes[index].facts).filter((index) => claimMatches(claims[index]));
  const aboutSources = around
    ? []
    : [...claims.keys()].filter((index) => claims[index].about && claimMatches(claims[index]));
  return { nodes: things, claims: [...new Set([...links, ...facts, ...aboutSources])].sort((a, b) => a - b) };
}
