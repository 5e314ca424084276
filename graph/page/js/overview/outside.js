// What the overview lacks, asked of who serves the page: found by the search, and told in a record.
import { byId, data, kinds } from "../data.js";
import { $, bdi, button, h, outward } from "../dom.js";
import { characters, nodeLink, statusChip } from "../evidence.js";
import { addEntry } from "../finding.js";
import { fillRecord } from "../record.js";
import { elsewhere, onChange, selection, show, state } from "../state.js";
import { capitalised, joinWords, t } from "../words.js";

const PAUSE = 250; // milliseconds in which one may go on typing
const MOST = 100; // claims of a thing that are listed; its own page has all
const known = new Set();
const asked = new Set();

async function fetched(address) {
  const response = await fetch(address).catch(() => ({ ok: false }));
  return response.ok ? response.json() : null;
}

const isThing = ({ id }) => id && !/[:/]/.test(id);

function found({ id, name, description, notable }) {
  if (known.has(id) || byId.has(id)) return false;
  known.add(id);
  const beside = () => notable.map((kind) => kind.name).join(t("comma"));
  const label = { [state.lang]: name };
  addEntry({ group: "outside", label, words: [{ id, description }], beside, choose: () => show(id) });
  return true;
}

async function search(field) {
  const prefix = field.value.trim();
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
  const key = `${state.lang} ${prefix}`;
  if (!prefix || field.value.trim() !== prefix || asked.has(key)) return;
  asked.add(key);
  const answer = await fetched(`reconcile/${state.lang}/suggest/entity?${new URLSearchParams({ prefix })}`);
  const more = (answer?.result ?? []).filter(found).length;
  if (more && field.value.trim() === prefix) field.dispatchEvent(new Event("input"));
}

function end(term) {
  const held = byId.get(term.id);
  if (held) return nodeLink(held);
  if (!isThing(term)) return bdi(term.name ?? term.value, term.language);
  return h("a", { href: `#lang=${state.lang}&select=${encodeURIComponent(term.id)}` }, bdi(term.name));
}

// The kinds that the legend tells apart, of all that a thing is.
function fine(all) {
  const told = all.filter(({ id }) => kinds.some((kind) => id === `az:${kind.class}`));
  return told.length ? told : all;
}

function claimed({ subject, property, object, status, source, passages = [], record: row }) {
  const said = [end(subject), " ", property.name, " ", end(object)];
  return h("li", said, " ", statusChip(status.toLowerCase()), " ", h("small", bdi(source.name), " ", joinWords(passages.map(characters)), row && t("record", { x: row })));
}

function told(thing, path) {
  const claims = thing.claims.slice(0, MOST);
  return [
    h("p", { class: "kind" }, capitalised(fine(thing.kinds).map((kind) => kind.name).join(t("comma")))),
    !byId.has(thing.id) && h("p", { class: "dim" }, t("outside")),
    h("ul", { class: "links" }, claims.map(claimed)),
    h("p", outward(`${path}?lang=${state.lang}`, {}, t("wholeRecord", { n: thing.claims.length }))),
  ];
}

async function record() {
  const id = state.select;
  const path = `.${new URL(data.info.base + id).pathname}`;
  const thing = await fetched(`${path}.json?lang=${state.lang}`);
  if (id !== state.select) return;
  if (thing) fillRecord(bdi(thing.name), told(thing, path));
  else fillRecord(bdi(id), h("p", t("notFound")));
}

if (elsewhere) {
  const field = $("search");
  field.addEventListener("input", () => search(field));
  const asks = () => {
    if (selection()?.node) $("record").append(h("p", button(record, {}, t("askForAll"))));
    else if (state.select && !selection()) record();
  };
  onChange((changed) => (changed.has("select") || changed.has("lang")) && asks());
  asks();
}
