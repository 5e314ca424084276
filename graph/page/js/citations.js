// References to cite the dataset, a thing, a claim with its source: as text, BibTeX, RIS and CSL-JSON.
import { data, sources } from "./data.js";
import { claimIri, entityIri } from "./model.js";
import { name, placesSaid, sentence, sourceName, statusName } from "./names.js";
import { date, inLanguage, joinWords, spokenTag, t } from "./words.js";

// What a kind of source is called by RIS, BibTeX and CSL.
const KINDS = {
  "schema:NewsArticle": ["NEWS", "article", "article-newspaper"],
  "schema:Report": ["RPRT", "techreport", "report"],
  "dcat:Dataset": ["DATA", "misc", "dataset"],
};
const PAGE = ["ELEC", "misc", "webpage"];
const OURS = KINDS["dcat:Dataset"];

// A reference: {id, kinds, title, author, container, issued, version, url, language, note}; what is not known is left out.
function ours(id, title, url, more = {}) {
  const { info } = data;
  const made = { author: info.publisher, issued: info.issued, version: info.version, language: spokenTag() };
  return { id: [info.name, ...id].join("-"), kinds: OURS, title, url, ...made, ...more };
}

const titleOfAll = () => inLanguage(data.info.title, data.info.name);
export const ofDataset = () => [ours([], titleOfAll(), data.info.base)];
export const ofThing = (node) => [ours([node.id], name(node), entityIri(node), { container: titleOfAll() })];

export function ofClaim(claim) {
  const source = sources[claim.src];
  const title = `${sentence(claim)} (${statusName(claim.st)})`;
  const note = `${sourceName(source)}. ${joinWords(placesSaid(claim))}`;
  return [ours(["claim", claim.id], title, claimIri(claim), { container: titleOfAll(), note }), ofSource(source)];
}

function ofSource(source) {
  const { publisher: author, issued, url, language } = source;
  const kinds = KINDS[source.type] ?? PAGE;
  return {
    id: `${data.info.name}-source-${source.id}`,
    kinds,
    title: sourceName(source),
    author,
    issued,
    url,
    language,
  };
}

const oneLine = (text) => String(text).replace(/\s+/g, " ").trim();
const dateParts = (issued) => (issued ?? "").slice(0, 10).split("-").filter(Boolean);

// What a reference says, part by part: sentences, and where it is.
export function textParts({ title, container, author, issued, version, note, url }) {
  const said = [title, container, author, issued && date(issued), version && `${t("version")} ${version}`, note];
  return [...said.filter(Boolean).map((part) => oneLine(part).replace(/(?<![.?!؟…])$/, ".")), url].filter(Boolean);
}

const TEX = { "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
const tex = (text) => oneLine(text).replace(/[\\{}$&#%_^~]/g, (sign) => TEX[sign] ?? `\\${sign}`);

function asBibtex({ id, kinds, title, container, author, issued, version, note, url, language }) {
  const [year, month, day] = dateParts(issued);
  const place = { article: "journal", techreport: "institution" }[kinds[1]] ?? "howpublished";
  const fields = {
    title: `{${tex(title)}}`,
    author: author && `{${tex(author)}}`,
    [place]: place === "howpublished" ? container && tex(container) : author && tex(author),
    year,
    month: month && String(Number(month)),
    day: day && String(Number(day)),
    version: version && tex(version),
    note: note && tex(note),
    url: url?.replace(/[{}\\\s]/g, encodeURIComponent),
    language,
  };
  const lines = Object.entries(fields).filter(([, value]) => value);
  return `@${kinds[1]}{${id},\n${lines.map(([key, value]) => `  ${key} = {${value}},\n`).join("")}}\n`;
}

function asRis({ id, kinds, title, container, author, issued, version, note, url, language }) {
  const parts = dateParts(issued);
  const day = parts.length > 0 && [...parts, "", ""].slice(0, 3).join("/");
  const tags = {
    ID: id,
    TI: title,
    T2: container,
    AU: author,
    PY: parts[0],
    DA: day && `${day}/`,
    ET: version,
    N1: note,
  };
  const lines = Object.entries({ TY: kinds[0], ...tags, LA: language, UR: url }).filter(([, value]) => value);
  return `${lines.map(([tag, value]) => `${tag}  - ${oneLine(value)}\r\n`).join("")}ER  - \r\n`;
}

function asCsl({ id, kinds, title, container, author, issued, version, note, url, language }) {
  const parts = dateParts(issued).map(Number);
  return {
    id,
    type: kinds[2],
    title: oneLine(title),
    ...(author && { author: [{ literal: author }], publisher: author }),
    ...(container && { "container-title": container }),
    ...(parts.length > 0 && { issued: { "date-parts": [parts] } }),
    ...(version && { version }),
    ...(note && { note }),
    ...(url && { URL: url }),
    ...(language && { language }),
  };
}

// By the end of the file's name: what it is called, its media type, and how references are written in it.
export const FORMATS = {
  txt: [
    "citation.txt",
    "text/plain;charset=utf-8",
    (items) => items.map((item) => `${textParts(item).join(" ")}\n`).join(""),
  ],
  bib: ["BibTeX", "application/x-bibtex;charset=utf-8", (items) => items.map(asBibtex).join("\n")],
  ris: ["RIS", "application/x-research-info-systems;charset=utf-8", (items) => items.map(asRis).join("")],
  "csl.json": [
    "CSL-JSON",
    "application/vnd.citationstyles.csl+json",
    (items) => `${JSON.stringify(items.map(asCsl), null, 2)}\n`,
  ],
};
