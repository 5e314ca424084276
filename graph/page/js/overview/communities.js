// The communities of the whole dataset, of which the page holds the most linked things.
import { data, nodes } from "../data.js";
import { h, replace } from "../dom.js";
import { nodeLink } from "../evidence.js";
import { elsewhere, onChange } from "../state.js";
import { addView } from "../views.js";
import { t } from "../words.js";

// Told once the address has said in which language.
export const tell = () => replace("partial", t(elsewhere ? "partialServed" : "partial", { n: nodes.length, m: data.info.of }));

function row({ hub, n, links }) {
  const others = links.map(([other, k]) => h("li", nodeLink(nodes[other], h("span", { class: "number" }, String(k)))));
  return h("tr", h("td", nodeLink(nodes[hub])), h("td", String(n)), h("td", h("ul", { class: "links" }, others)));
}

function renderCommunities() {
  const heads = ["mostLinked", "things", "links"].map((key) => h("th", { scope: "col" }, t(key)));
  const body = h("tbody", data.communities.map(row));
  replace("communities", h("h2", { class: "view-title" }, t("communities")), h("table", h("thead", h("tr", heads)), body));
}

onChange((changed) => changed.has("lang") && tell());
addView("communities", renderCommunities);
