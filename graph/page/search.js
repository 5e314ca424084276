// Search as you type over every name, in every language and spelling.
const LETTERS = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ة: "ه",
  ى: "ي",
  ی: "ي",
  ؤ: "و",
  ئ: "ي",
  گ: "ك",
  ڭ: "ك",
  ݣ: "ك",
  ک: "ك",
  ڤ: "ف",
  پ: "ب",
  چ: "ج",
  œ: "oe",
  æ: "ae",
  ß: "ss",
};
const MAX_RESULTS = 12;

// Letters that stand for each other become one; marks, tatweel and direction signs vanish; digits become ASCII.
function fold(text) {
  return text
    .replace(/[أإآٱةىیؤئگڭݣکڤپچœæß]/g, (letter) => LETTERS[letter])
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const spellings = nodes.map((node) => {
  const all = [...Object.values(node.label), ...Object.values(node.alt ?? {}).flat(), node.id.replaceAll("-", " ")];
  return [...new Map(all.reverse().map((text) => [fold(text), text])).entries()].map(([folded, text]) => ({
    folded,
    text,
  }));
});

function score(folded, query) {
  if (folded === query) return 4;
  if (folded.startsWith(query)) return 3;
  if (` ${folded}`.includes(` ${query}`)) return 2;
  if (folded.includes(query)) return 1;
  return query.split(" ").every((word) => folded.includes(word)) ? 0.5 : 0;
}

// The things whose names hold the query, best first: [{node, text (the spelling that matched)}].
function find(text) {
  const query = fold(text);
  if (!query) return [];
  const hits = [];
  for (const [index, names] of spellings.entries()) {
    const [best] = names
      .map((each) => ({ ...each, score: score(each.folded, query) }))
      .sort((a, b) => b.score - a.score);
    if (best.score) hits.push({ node: nodes[index], text: best.text, score: best.score });
  }
  return hits
    .sort((a, b) => b.score - a.score || rankOf.get(a.node.index) - rankOf.get(b.node.index))
    .slice(0, MAX_RESULTS);
}

// Make an input and its list a combobox (WAI-ARIA Authoring Practices): `chosen` is called with the node.
function combobox(input, list, chosen) {
  let hits = [];
  let active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const choose = (index) => {
    const hit = hits[index];
    if (!hit) return;
    close();
    chosen(hit.node);
  };
  const mark = (next) => {
    active = next;
    for (const [index, item] of [...list.children].entries())
      item.setAttribute("aria-selected", String(index === active));
    if (active >= 0) input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const refresh = () => {
    hits = find(input.value);
    list.replaceChildren(...hits.map((hit, index) => option(hit, `${list.id}-${index}`, () => choose(index))));
    if (!hits.length && input.value.trim())
      list.append(
        h(
          "li",
          { class: "empty", role: "option", "aria-disabled": "true", "aria-selected": "false" },
          t("noResult", { q: input.value.trim() }),
        ),
      );
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (input.value.trim())
      announce(hits.length ? t("results", { n: hits.length }) : t("noResult", { q: input.value.trim() }));
    if (hits.length) mark(0);
  };
  input.addEventListener("input", refresh);
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "ArrowDown" && hits.length) list.hidden ? refresh() : mark((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((active - 1 + hits.length) % hits.length);
    else if (event.key === "Enter") choose(Math.max(0, active));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function option({ node, text }, id, choose) {
  const shown = name(node);
  const item = h(
    "li",
    { id, role: "option", "aria-selected": "false" },
    icon(kinds[node.kind]),
    h("span", { class: "grow" }, bdi(shown), text !== shown && h("small", {}, bdi(text))),
    h("small", {}, kindName(kinds[node.kind])),
  );
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose();
  });
  return item;
}
