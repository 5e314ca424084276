// The ways between two things in the record: its two ends to choose, and each hop with its claims.
import { byId, nodes } from "./data.js";
import { $, bdi, button, h } from "./dom.js";
import { edgeEvidence, evidenceCounted, nodeLink, statusChip } from "./evidence.js";
import { statusOf } from "./model.js";
import { name, propertyLabel } from "./names.js";
import { chosenPath, currentPaths } from "./paths.js";
import { comboboxOf, nodeSearch } from "./search.js";
import { state, update } from "./state.js";
import { t } from "./words.js";

function pathField(key) {
  const { input, list } = comboboxOf(`path-${key}`, t(key));
  input.value = byId.has(state[key]) ? name(byId.get(state[key])) : "";
  nodeSearch(input, list, (node) => {
    update({ [key]: node.id, path: 0, select: "" });
    const missing = ["from", "to"].find((end) => !state[end]);
    if (missing) $(`path-${missing}`).focus();
    else $("record").querySelector("h2").focus();
  });
  return h("div", { class: "field" }, h("label", { for: `path-${key}` }, t(key)), input, list);
}

export function pathForm() {
  return h(
    "section",
    { class: "path-form", "aria-label": t("howLinked") },
    h("h3", t("howLinked")),
    pathField("from"),
    pathField("to"),
  );
}

export function pathRecord() {
  const ready = state.from && state.to;
  const paths = ready ? currentPaths() : [];
  const same = ready && state.from === state.to;
  return [
    h("section", { class: "path-form" }, pathField("from"), pathField("to")),
    ready && !paths.length && h("p", { role: "status" }, t(same ? "samePath" : "noPath")),
    paths.length > 0 && pathTabs(paths),
    paths.length > 0 && pathHops(chosenPath()),
  ];
}

function pathTabs(paths) {
  const tabs = paths.map((path, index) =>
    button(
      () => update({ path: index }, { replace: true }),
      { "aria-pressed": String(path === chosenPath()), "data-path": index },
      t("pathN", { n: index + 1, k: path.length }),
    ),
  );
  return h("div", { class: "switch wrap", role: "group", "aria-label": t("howLinked") }, tabs);
}

function pathHops(path) {
  const hops = path.map((hop) => [
    h(
      "li",
      hop.links.map((edge) =>
        h(
          "div",
          { class: `hop ${statusOf(edge)}` },
          h(
            "p",
            h("span", { "aria-hidden": "true" }, edge.f === hop.at ? "↓ " : "↑ "),
            bdi(...propertyLabel(edge.p)),
            " ",
            statusChip(statusOf(edge)),
          ),
          h("details", h("summary", evidenceCounted(edge)), edgeEvidence(edge)),
        ),
      ),
      nodeLink(nodes[hop.far]),
    ),
  ]);
  return [
    h("p", t("hops", { n: path.length })),
    h("ol", { class: "hops" }, h("li", nodeLink(nodes[path[0].at])), hops),
  ];
}
