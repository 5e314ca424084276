// How are X and Y linked? The shortest paths, then longer ones that pass by other things, each hop with its claims.
const MOST_PATHS = 5;
const EXTRA_STEPS = 2;
const MOST_TRIES = 20000;

// Simple paths from one thing to another, shortest first: lists of hops {at, far, links}.
// What is told comes first: inferred links serve only where nothing told leads there.
function findPaths(from, to) {
  const told_ = pathsOver(from, to, isTold);
  return told_.length ? told_ : pathsOver(from, to, () => true);
}

function pathsOver(from, to, follow) {
  const distance = neighbourhood(to, Number.POSITIVE_INFINITY, follow);
  if (from === to || !distance.has(from)) return [];
  const shortest = distance.get(from);
  const found = [];
  let tries = 0;
  for (let length = shortest; length <= shortest + EXTRA_STEPS && found.length < MOST_PATHS; length += 1) {
    const walk = (at, hops, visited) => {
      tries += 1;
      if (found.length >= MOST_PATHS || tries > MOST_TRIES) return;
      if (at === to) {
        if (hops.length === length) found.push(hops);
        return;
      }
      for (const [far, links] of stepsFrom(at, follow)) {
        if (visited.has(far) || hops.length + 1 + (distance.get(far) ?? Number.POSITIVE_INFINITY) > length) continue;
        walk(far, [...hops, { at, far, links }], new Set([...visited, far]));
      }
    };
    walk(from, [], new Set([from]));
  }
  return found;
}

// The neighbours of a thing with all the links that lead there, the important first.
function stepsFrom(at, follow) {
  const links = nodes[at].links
    .filter(follow)
    .map((link) => edges[link])
    .filter((edge) => edge.f !== edge.t);
  return [...group(links, (edge) => other(edge, at))].sort(([a], [b]) => rankOf.get(a) - rankOf.get(b));
}

const pathCache = { key: "", paths: [] };

function currentPaths() {
  const key = `${state.from} ${state.to}`;
  if (pathCache.key !== key) {
    const [from, to] = [byId.get(state.from), byId.get(state.to)];
    Object.assign(pathCache, { key, paths: from && to ? findPaths(from.index, to.index) : [] });
  }
  return pathCache.paths;
}

// The path shown now, as sets of things and links to make stand out; null when none is asked.
function pathShown() {
  if (!state.from || !state.to) return null;
  const path = currentPaths()[state.path] ?? [];
  return {
    nodes: new Set(path.flatMap((hop) => [hop.at, hop.far])),
    edges: new Set(path.flatMap((hop) => hop.links.map((edge) => edge.index))),
  };
}

// What is said aloud of the paths asked for; nothing when none is.
function pathSaid() {
  if (!state.from || !state.to) return "";
  if (state.from === state.to) return t("samePath");
  const path = currentPaths()[state.path] ?? currentPaths()[0];
  const ends = [state.from, state.to].map((id) => name(byId.get(id))).join(" – ");
  return `${ends}: ${path ? t("hops", { n: path.length }) : t("noPath")}`;
}

function pathField(key) {
  const input = h("input", {
    id: `path-${key}`,
    type: "text",
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "false",
    "aria-controls": `path-${key}-list`,
    "aria-autocomplete": "list",
    placeholder: t("search"),
  });
  const list = h("ul", {
    id: `path-${key}-list`,
    role: "listbox",
    "aria-label": t(key),
    class: "options",
    hidden: true,
  });
  input.value = byId.has(state[key]) ? name(byId.get(state[key])) : "";
  combobox(input, list, (node) => {
    update({ [key]: node.id, path: 0, select: "" });
    const missing = ["from", "to"].find((end) => !state[end]);
    if (missing) $(`path-${missing}`).focus();
    else $("record").querySelector("h2").focus();
  });
  return h("div", { class: "field" }, h("label", { for: `path-${key}` }, t(key)), input, list);
}

function pathForm() {
  return h(
    "section",
    { class: "path-form", "aria-label": t("howLinked") },
    h("h3", {}, t("howLinked")),
    pathField("from"),
    pathField("to"),
  );
}

function pathRecord() {
  const ready = state.from && state.to;
  const paths = ready ? currentPaths() : [];
  const same = ready && state.from === state.to;
  return [
    heading(t("howLinked")),
    h("section", { class: "path-form" }, pathField("from"), pathField("to")),
    ready && !paths.length && h("p", { role: "status" }, t(same ? "samePath" : "noPath")),
    paths.length > 0 && pathTabs(paths),
    paths.length > 0 && pathHops(paths[state.path] ?? paths[0]),
  ];
}

function pathTabs(paths) {
  const buttons = paths.map((path, index) => {
    const button = h(
      "button",
      { type: "button", "aria-pressed": String(index === state.path), "data-path": index },
      t("pathN", { n: index + 1, k: path.length }),
    );
    button.addEventListener("click", () => update({ path: index }, { replace: true }));
    return button;
  });
  return h("div", { class: "switch wrap", role: "group", "aria-label": t("howLinked") }, buttons);
}

function pathHops(path) {
  const hops = path.map((hop) => [
    h(
      "li",
      {},
      hop.links.map((edge) =>
        h(
          "div",
          { class: `hop ${statusOf(edge)}` },
          h(
            "p",
            {},
            h("span", { "aria-hidden": "true" }, edge.f === hop.at ? "↓ " : "↑ "),
            bdi(propertyName(edge.p)),
            " ",
            statusChip(statusOf(edge)),
          ),
          h(
            "details",
            {},
            h("summary", {}, t("evidence"), edge.c.length > 1 && ` (${edge.c.length})`),
            edgeEvidence(edge),
          ),
        ),
      ),
      nodeLink(nodes[hop.far]),
    ),
  ]);
  return [
    h("p", {}, t("hops", { n: path.length })),
    h("ol", { class: "hops" }, h("li", {}, nodeLink(nodes[path[0].at])), hops),
  ];
}
