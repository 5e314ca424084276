// Where things stand on the map: true coordinates, and the things around the places where they are.
import { data, isPictured, nodes } from "./data.js";
import { $ } from "./dom.js";
import { matches } from "./filter.js";
import { directPlaces, factValue, isClaimed, isPlace, neighbourhood, rankOf } from "./model.js";
import { state } from "./state.js";

export const chart = { centre: null, scale: 1, pointers: new Map(), moved: false };
const MOST_AT_A_PLACE = 36;

export const anchors = nodes
  .filter((node) => isPlace(node))
  .map((node) => ({ node, lat: Number(factValue(node, "wgs:lat")), lon: Number(factValue(node, "wgs:long")) }))
  .filter((each) => Number.isFinite(each.lat) && Number.isFinite(each.lon));

// A local equal-scale projection: degrees of longitude shrink with the cosine of the middle latitude.
const middle = anchors.length
  ? (Math.min(...anchors.map((a) => a.lat)) + Math.max(...anchors.map((a) => a.lat))) / 2
  : 0;

export const project = (lon, lat) => ({ x: lon * Math.cos((middle * Math.PI) / 180) * 100, y: -lat * 100 });
for (const anchor of anchors) Object.assign(anchor, project(anchor.lon, anchor.lat));

// The things at each anchor: those whose own links lead to it; and those that have none.
export function thingsAt(kept) {
  const byPlace = new Map(anchors.map((anchor) => [anchor.node.index, []]));
  const lost = [];
  for (const index of kept) {
    const node = nodes[index];
    if (isPlace(node)) continue;
    const direct = directPlaces(node).filter((place) => byPlace.has(place));
    for (const place of direct) byPlace.get(place).push(index);
    if (!direct.length) lost.push(index);
  }
  return { byPlace, lost };
}

export function mapSize() {
  const box = $("map").getBoundingClientRect();
  return { width: box.width || 800, height: box.height || 600 };
}

// Where the map opens: on the area nearest to the focus that holds places of the map; on all where there is none.
export function homeAnchors() {
  if (!nodes[data.info.focus]) return anchors;
  for (const index of neighbourhood(data.info.focus, 3, isClaimed).keys()) {
    const inside = anchors.filter(
      (anchor) => anchor.node.index !== index && anchor.node.values.place.has(nodes[index].id),
    );
    if (inside.length > 1) return inside;
  }
  return anchors;
}

export function fitMap(shown = anchors) {
  const { width, height } = mapSize();
  const xs = shown.map((a) => a.x);
  const ys = shown.map((a) => a.y);
  const [w, h_] = [Math.max(...xs) - Math.min(...xs) || 50, Math.max(...ys) - Math.min(...ys) || 50];
  chart.scale = Math.min((width - 200) / w, (height - 240) / h_);
  chart.centre = { x: (Math.max(...xs) + Math.min(...xs)) / 2, y: (Math.max(...ys) + Math.min(...ys)) / 2 };
}

export function toScreen(point) {
  const { width, height } = mapSize();
  return {
    x: width / 2 + (point.x - chart.centre.x) * chart.scale,
    y: height / 2 + (point.y - chart.centre.y) * chart.scale,
  };
}

// Sunflowers of things, one per place, pushed apart where places are too near: each keeps a line to its true point.
export function clusters(byPlace) {
  const all = anchors
    .filter(({ node }) => isPictured(node.index))
    .filter(({ node }) => matches(node.values) || state.select === node.id || byPlace.get(node.index).length)
    .map((anchor) => {
      const here = byPlace.get(anchor.node.index);
      const things = [...here]
        .sort((a, b) => rankOf.get(a) - rankOf.get(b))
        .slice(0, MOST_AT_A_PLACE)
        .sort((a, b) => nodes[a].kind - nodes[b].kind || rankOf.get(a) - rankOf.get(b));
      const true_ = toScreen(anchor);
      const more = here.length - things.length;
      return { anchor, things, more, true_, x: true_.x, y: true_.y, r: 14 + 15 * Math.sqrt(things.length) };
    });
  const rounds = all.length > 100 ? 8 : 60;
  for (let round = 0; round < rounds; round += 1) for (const a of all) for (const b of all) if (a !== b) part(a, b);
  return all;
}

// The places that the network does not draw: each a small mark at its true point, under all others.
export const listed = () => anchors.filter(({ node }) => !isPictured(node.index) && matches(node.values));

export const backdrop = () =>
  listed().map((anchor) => ({ index: anchor.node.index, ...toScreen(anchor), r: 4, weight: -rankOf.get(anchor.node.index) }));

function part(a, b) {
  const [dx, dy] = [b.x - a.x || 0.1, b.y - a.y || 0.1];
  const distance = Math.hypot(dx, dy);
  const lack = a.r + b.r + 8 - distance;
  if (lack <= 0) return;
  const share = b.things.length / (a.things.length + b.things.length || 1);
  a.x -= (dx / distance) * lack * share * 0.5;
  a.y -= (dy / distance) * lack * share * 0.5;
  b.x += (dx / distance) * lack * (1 - share) * 0.5;
  b.y += (dy / distance) * lack * (1 - share) * 0.5;
}

export function mapSpots(groups) {
  const spots = [];
  for (const cluster of groups) {
    const { node } = cluster.anchor;
    spots.push({
      index: node.index,
      x: cluster.x,
      y: cluster.y,
      r: 11,
      reach: cluster.r - 2,
      weight: 1e5 + cluster.things.length,
      strong: true,
      more: cluster.more ? ` +${cluster.more}` : "",
    });
    for (const [k, index] of cluster.things.entries()) {
      const [angle, reach] = [(k + 1) * Math.PI * (3 - Math.sqrt(5)), 14 + 13 * Math.sqrt(k + 0.6)];
      spots.push({
        index,
        x: cluster.x + reach * Math.cos(angle),
        y: cluster.y + reach * Math.sin(angle),
        r: 7,
        weight: -rankOf.get(index),
      });
    }
  }
  return spots;
}
