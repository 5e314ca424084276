// Coverage: of the towns that reference sources list in an area, how many texts name.
import { data, edges, isPictured, nodes } from "./data.js";
import { button, h } from "./dom.js";
import { name } from "./names.js";
import { show } from "./state.js";
import { t } from "./words.js";

const AUTHORITY_OF = "authorityOf";
const isOf = (classes) => (node) => (node.classes ?? []).some((each) => classes.includes(each));
const towns = nodes.filter(isOf(data.town));
const inside = (area) => (node) => node !== area && node.values.place.has(area.id);

// The regions that the data is about, those of its authorities and its focus, of which it has the list of towns: more
// towns than its texts name.
const regions = [...new Set([data.info.focus, ...edges.filter((edge) => edge.p === AUTHORITY_OF).map((edge) => edge.t)])]
  .map((index) => nodes[index])
  .filter((region) => region && towns.some((town) => !isPictured(town.index) && inside(region)(town)));

// The areas that are counted: those that the network draws, and all of these regions.
export const areas = nodes
  .filter(isOf(data.area))
  .filter((area) => isPictured(area.index) || regions.some((region) => inside(region)(area)));

function counted(area) {
  const all = towns.filter(inside(area));
  return { n: all.filter((town) => isPictured(town.index)).length, m: all.length };
}

export const isListed = regions.length > 0;
export const townsHead = () => h("th", { scope: "col" }, t("towns"));

// The numbers of an area lead to its record, which has the towns; nothing where no list is known.
export function townsCell(area) {
  if (!regions.some((region) => inside(region)(area))) return h("td");
  const { n, m } = counted(area);
  const said = t("nOfM", { n, m });
  const named = { "aria-label": `${name(area)}, ${t("towns")}: ${said}`, "data-level": n ? "1" : "0" };
  return h("td", { class: n ? null : "zero" }, button(() => show(area.id), named, said));
}

export const townsSaid = () =>
  regions.map((region) => h("p", t("townsNamed", { ...counted(region), x: name(region) })));
