// What a question may be asked about: each of its parameters as a list of values, or as a search among things.
import { answering, given, withValue } from "./answers.js";
import { data, nodes, sources } from "./data.js";
import { $, button, h } from "./dom.js";
import { name, sourceName } from "./names.js";
import { comboboxOf, nodeSearch } from "./search.js";
import { update } from "./state.js";
import { capitalised, inLanguage, t } from "./words.js";

const choose = (question, parameter, value) => update({ with: withValue(question, parameter.name, value) });
const idOf = (question, { name: own }) => `ask-${question.name}-${own}`;

export function pickers(question) {
  if (!question.parameters.length) return null;
  const fields = question.parameters.map((parameter) => {
    const chosen = given(question).find((each) => each.parameter === parameter)?.value ?? "";
    const label = h("label", { for: idOf(question, parameter) }, capitalised(columnName(parameter.name)));
    return h("div", { class: "picker" }, label, picker(question, parameter, chosen));
  });
  return h("div", { class: "row pickers" }, fields);
}

function columnName(variable) {
  return inLanguage(data.columns[variable], variable);
}

function picker(question, parameter, chosen) {
  if (parameter.values) return listOf(question, parameter, chosen, parameter.values, className);
  if (parameter.sources) {
    const titled = new Map(sources.map((source) => [source.id, sourceName(source)]));
    return listOf(question, parameter, chosen, [...titled.keys()], (id) => titled.get(id));
  }
  if (parameter.of) return thingOf(question, parameter, chosen);
  const input = h("input", { id: idOf(question, parameter), type: "text", value: chosen });
  input.addEventListener("change", () => choose(question, parameter, input.value));
  return input;
}

const className = (value) =>
  capitalised(
    inLanguage(data.classes[value] ?? data.statuses[value.toLowerCase()] ?? data.concepts[`az:${value}`], value),
  );

function listOf(question, parameter, chosen, values, called) {
  const option = (value, label) => h("option", { value, selected: value === chosen }, label);
  const select = h(
    "select",
    { id: idOf(question, parameter) },
    option("", t("all")),
    values.map((value) => option(value, called(value))),
  );
  select.addEventListener("change", () => choose(question, parameter, select.value));
  return select;
}

// Things of the right classes; as long as nothing is written, those that have an answer.
function thingOf(question, parameter, chosen) {
  const id = idOf(question, parameter);
  const fits = (node) => node.classes.some((each) => parameter.of.includes(each));
  const { input, list } = comboboxOf(id, columnName(parameter.name));
  const node = nodes.find((each) => each.id === chosen);
  input.value = node ? name(node) : "";
  const first = () => nodes.filter((each) => fits(each) && answering(question, parameter).has(each.id));
  nodeSearch(input, list, (hit) => choose(question, parameter, hit.id), { fits, first });
  const all = () => {
    choose(question, parameter, "");
    $(id).focus();
  };
  const none = node && button(all, { class: "round", "aria-label": t("clear") }, "×");
  return h("div", { class: "field" }, input, list, none);
}
