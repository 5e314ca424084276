// A query's text in its tokens: enough to tell what one stands in, not to read the grammar.
const TOKEN =
  /(?<space>\s+|#[^\r\n]*)|<[^<>"{}|^`\s]*>|""".*?"""|'''.*?'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|[?$][\p{L}\p{N}_]+|[\p{L}\p{M}\p{N}_.-]*:[\p{L}\p{M}\p{N}_.:%\\-]*|@?[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*|&&|\|\||!=|<=|>=|\^\^|./gsu;

export function tokensOf(text, { spaces = false } = {}) {
  return [...text.matchAll(TOKEN)]
    .filter((found) => spaces || found.groups.space === undefined)
    .map((found) => ({ token: found[0], at: found.index, end: found.index + found[0].length }));
}

// The name that one is writing just before a place: {text, at}; null in a string, an IRI, a variable, a comment.
export function nameBefore(text, place) {
  const token = tokensOf(text.slice(0, place), { spaces: true }).at(-1);
  if (!token || !/^[\p{L}\p{M}\p{N}_.-]*:?[\p{L}\p{M}\p{N}_.-]*$/u.test(token.token)) return null;
  return open(text.slice(0, token.at)) ? null : { text: token.token, at: token.at };
}

// Whether the last line ends within a string or a comment that is not closed there.
function open(text) {
  const rest = tokensOf(text.slice(text.lastIndexOf("\n") + 1), { spaces: true });
  return rest.some(
    ({ token }) =>
      token === '"' || token === "'" || token === "<" || token === "?" || token === "$" || token.startsWith("#"),
  );
}
