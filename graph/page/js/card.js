// The card beside what is pointed at or walked to: its kind, three facts, and how many sources tell of it.
import { claims, data, kinds, nodes } from "./data.js";
import { $, bdi, h, put } from "./dom.js";
import { group } from "./group.js";
import { asserted, linksOf, other } from "./model.js";
import { name, objectName, propertyName, statusName } from "./names.js";
import { phaseName } from "./phase.js";
import { icon } from "./shapes.js";
import { state } from "./state.js";
import { capitalised, inLanguage, joinWords, t } from "./words.js";

const [FACTS, VALUES, GAP] = [3, 2, 12];
const SAID = ["stated", "ongoing", "planned", "discussed"]; // what is over, withdrawn or outweighed is for the record
const shown = { index: null, away: null };

// What is said of a thing, one entry for each property, way and status: first what the table of cards names, in its order;
// then what stands before what is planned, what more claims say, and by the property's name.
function saidOf(node) {
  const facts = node.facts.map((index) => ({ claim: claims[index], p: claims[index].p, out: true }));
  const links = linksOf(node).flatMap((edge) =>
    edge.c.map((index) => ({ claim: claims[index], p: edge.p, out: edge.f === node.index, far: other(edge, node.index) })),
  );
  const told = [...facts.filter(({ p }) => data.card.includes(p)), ...links].filter(({ claim }) => SAID.includes(claim.st));
  const rank = ([{ p }]) => (data.card.includes(p) ? data.card.indexOf(p) : data.card.length);
  return [...group(told, ({ p, out, claim }) => `${p} ${out} ${claim.st}`).values()].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      asserted(b[0].claim) - asserted(a[0].claim) ||
      b.length - a.length ||
      (a[0].p < b[0].p ? -1 : 1),
  );
}

function factText(list) {
  const [{ p, out, claim }] = list;
  const values = [...new Set(list.map((each) => (each.far === undefined ? objectName(each.claim) : name(nodes[each.far]))))];
  const some = joinWords(values.slice(0, VALUES)) + (values.length > VALUES ? "…" : "");
  const status = claim.st === "stated" ? "" : ` (${statusName(claim.st)})`;
  return out ? [propertyName(p), t("colon"), some, status] : [some, " – ", propertyName(p), " – …", status];
}

export const cardFacts = (node) => saidOf(node).slice(0, FACTS).map(factText);

export function factItems(node) {
  const shown_ = (part) => (/[\p{L}\p{N}]/u.test(part) ? bdi(part) : part);
  return h("ul", { class: "glance" }, cardFacts(node).map((parts) => h("li", parts.map(shown_))));
}

function content(node) {
  const classes = capitalised(joinWords(node.classes.map((each) => inLanguage(data.classes[each], each))));
  const phase = phaseName(node);
  return [
    h("strong", bdi(name(node))),
    h("p", { class: "kind" }, icon(kinds[node.kind]), h("span", bdi(classes), phase && ` (${phase})`)),
    factItems(node),
    h("p", { class: "dim" }, t("sources"), t("colon"), String(node.values.source.size)),
  ];
}

// Where a card of this size stands: beside the mark, under or over it, wherever it hides neither that nor, if it may be, its
// name, and wholly within the picture; nowhere if there is no such place.
function placeFor({ w, h: high }, { x, y, r }, box, label) {
  const within = (at, size, all) => Math.max(4, Math.min(at, all - size - 4));
  const [left, tops] = [within(x - w / 2, w, box.width), [y - high / 2, y + r - high, y - r]];
  const sides = [x + r + GAP, x - r - GAP - w];
  if (document.documentElement.dir === "rtl") sides.reverse();
  const beside = tops.flatMap((top) => sides.map((at) => ({ x: at, y: within(top, high, box.height) })));
  const places = [...beside, { x: left, y: y + r + GAP }, { x: left, y: y - r - GAP - high }];
  const fits = (at) => at.x >= 4 && at.y >= 4 && at.x + w <= box.width - 4 && at.y + high <= box.height - 4;
  const bare = (at) => !label || at.x > label.x + label.w || at.x + w < label.x || at.y > label.y + label.h || at.y + high < label.y;
  const fitting = places.filter(fits);
  return fitting.find(bare) ?? fitting[0];
}

export function hideCard() {
  if ($("card").hidden) return false;
  $("card").hidden = true;
  shown.away = shown.index;
  return true;
}

// Show the card of what stands at a spot {index, x, y, r} of a view, or none; what is picked has its record.
export function showCard(spot, view, label) {
  const card = $("card");
  const node = spot && nodes[spot.index];
  if (!node || node.id === state.select) {
    Object.assign(shown, { index: null, away: null });
    card.hidden = true;
    return;
  }
  if (shown.away === spot.index) return;
  const key = `${spot.index} ${state.lang}`;
  if (card.dataset.of !== key) put(card, content(node));
  card.dataset.of = key;
  view.append(card);
  card.hidden = false;
  const place = placeFor({ w: card.offsetWidth, h: card.offsetHeight }, spot, view.getBoundingClientRect(), label);
  Object.assign(shown, { index: spot.index, away: null });
  card.hidden = !place;
  if (place) Object.assign(card.style, { left: `${place.x}px`, top: `${place.y}px` });
}
