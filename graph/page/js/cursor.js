// The network by keyboard.
import { fitNetwork, zoom } from "./camera.js";
import { cardFacts } from "./card.js";
import { screen } from "./curves.js";
import { edges, kinds, nodes } from "./data.js";
import { $, announce } from "./dom.js";
import { canvas, hover, look } from "./look.js";
import { other, ranked } from "./model.js";
import { edgeTitle, kindName, name } from "./names.js";
import { selection, show } from "./state.js";
import { t } from "./words.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Arrow keys follow a link of the thing to what it leads to that way; where none does, they go to the nearest thing
// there, so that everything can be reached. Enter selects.
function moveCursor(key) {
  const at = canvas.network.getPositions([...look.shownNodes]);
  const here = look.cursor ?? [selection()?.node?.index, ...ranked].find((index) => look.shownNodes.has(index));
  if (here === undefined) return;
  const links = nodes[here].links.filter((link) => look.shownEdges.has(link));
  const linked = new Map(links.map((link) => [other(edges[link], here), link]));
  const next = nearest(linked.keys(), here, at, WAYS[key]) ?? nearest(look.shownNodes, here, at, WAYS[key]) ?? here;
  const link = look.cursor === null ? undefined : linked.get(next);
  hover({ cursor: look.cursor === null ? here : next });
  const point = screen(at[look.cursor].x, at[look.cursor].y);
  if (point.x < 40 || point.y < 40 || point.x > $("canvas").clientWidth - 40 || point.y > $("canvas").clientHeight - 40)
    canvas.network.moveTo({ position: at[look.cursor], animation: false });
  const node = nodes[look.cursor];
  const facts = cardFacts(node).map((parts) => parts.join(""));
  const said = [name(node), kindName(kinds[node.kind]), t("links_n", { n: node.links.length }), ...facts];
  announce([said.join(t("comma")), ...(link === undefined ? [] : [edgeTitle(edges[link])])].join(". "));
}

// Which of these things is nearest in a direction, what lies straight ahead before what lies aside.
function nearest(things, here, at, [dx, dy]) {
  let [best, least] = [undefined, Number.POSITIVE_INFINITY];
  for (const index of things) {
    const [x, y] = [at[index].x - at[here].x, at[index].y - at[here].y];
    const along = x * dx + y * dy;
    const cost = along + 2.5 * Math.abs(x * dy - y * dx);
    if (along > 0 && cost < least) [best, least] = [index, cost];
  }
  return best;
}

export function canvasKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) moveCursor(event.key);
  else if (event.key === "Enter" || event.key === " ") look.cursor !== null && show(nodes[look.cursor].id);
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fitNetwork();
  else return;
  event.preventDefault();
}
