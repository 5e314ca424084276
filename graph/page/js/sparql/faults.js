// Where a query is wrong, as graph/store/query_errors.py finds it: the engine names a place that may lie well after the
// mistake, so its text is cut after each of its tokens, and the first cut that no continuation could save ends there.
import { tokensOf } from "./tokens.js";

const PAD = " ".repeat(40);
const PLACE = /error at (\d+):(\d+): expected (?:one of )?(.*)/s;
const RULE = /^(?:[A-Z][a-z]+ [A-Za-z ,?'()-]+|The SELECT .*)$/;
const UPDATE =
  /^(?:\s|#[^\n]*\n|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>)*((?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD)\b|WITH\s*<)/i;

// {kind, token, at, line, column, rule}; null where the text is well-formed. `attempt` has the engine read a text.
export function faultIn(text, message, attempt) {
  const update = UPDATE.exec(text);
  if (update) return placed(text, update[0].length - update[1].length, "update", update[1]);
  if (!PLACE.test(message) && !message.includes("IRI parsing failed")) return null;
  const found = firstFault(text, attempt);
  const rule = ruleIn(message);
  if (!found) return placed(text, text.trimEnd().length, rule ? "rule" : "early", "", rule);
  return placed(text, found.at, kindOf(found.token, message, rule), found.token, rule);
}

function kindOf(token, message, rule) {
  if (message.includes("Prefix not found") && /^[^<"']*:/.test(token)) return "prefix";
  if (message.includes("IRI parsing failed") && token.startsWith("<")) return "iri";
  return rule ? "rule" : "token";
}

// The sentence in the engine's message, such as that a variable is used twice; most messages hold only its grammar.
function ruleIn(message) {
  const words = (PLACE.exec(message)?.[3] ?? message).split(", ")[0];
  return RULE.test(words) && !words.includes("Prefix") ? words : "";
}

// Lines and columns from 1, in characters.
function placed(text, at, kind, token, rule = "") {
  const lines = text.slice(0, at).split("\n");
  return { kind, token, at, rule, line: lines.length, column: [...lines.at(-1)].length + 1 };
}

function firstFault(text, attempt) {
  const tokens = tokensOf(text);
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (continues(text.slice(0, tokens[middle].end), attempt)) low = middle + 1;
    else high = middle;
  }
  return tokens[low];
}

// Whether some ending would make the text a query: the engine then stops only at the end of the padding.
function continues(text, attempt) {
  const lines = (text + PAD).split("\n");
  try {
    attempt(text + PAD);
  } catch ({ message }) {
    const place = PLACE.exec(message);
    if (message.includes("IRI parsing failed") && !place) return false;
    if (!place) return true;
    const [line, column] = [Number(place[1]) - 1, Number(place[2])]; // without the line that declares the prefixes
    return line > lines.length || (line === lines.length && column >= [...lines.at(-1)].length + 1);
  }
  return true;
}
