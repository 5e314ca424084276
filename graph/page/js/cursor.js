// The network by keyboard.
import { fitNetwork, zoom } from "./camera.js";
import { cardFacts } from "./card.js";
import { screen } from "./curves.js";
import { kinds, nodes } from "./data.js";
import { $, announce } from "./dom.js";
import { canvas, hover, look } from "./look.js";
import { ranked } from "./model.js";
import { kindName, name } from "./names.js";
import { selection, show } from "./state.js";
import { t } from "./words.js";

// Arrow keys go to the nearest thing that way; Enter selects it.
function moveCursor(key) {
  const at = canvas.network.getPositions([...look.shownNodes]);
  const here = look.cursor ?? selection()?.node?.index ?? ranked.find((index) => look.shownNodes.has(index));
  if (here === undefined) return;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let [best, least] = [here, Number.POSITIVE_INFINITY];
  for (const index of look.shownNodes) {
    const [x, y] = [at[index].x - at[here].x, at[index].y - at[here].y];
    const along = x * dx + y * dy;
    if (index === here || along <= 0) continue;
    const cost = along + 2.5 * Math.abs(x * dy - y * dx);
    if (cost < least) [best, least] = [index, cost];
  }
  hover({ cursor: look.cursor === null ? here : best });
  const point = screen(at[look.cursor].x, at[look.cursor].y);
  if (point.x < 40 || point.y < 40 || point.x > $("canvas").clientWidth - 40 || point.y > $("canvas").clientHeight - 40)
    canvas.network.moveTo({ position: at[look.cursor], animation: false });
  const node = nodes[look.cursor];
  const facts = cardFacts(node).map((parts) => parts.join(""));
  announce([name(node), kindName(kinds[node.kind]), t("links_n", { n: node.links.length }), ...facts].join(t("comma")));
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
