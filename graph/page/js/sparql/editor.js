// A field to write a query in: from left to right in any language, with numbered lines, one of which may be marked.
import { button, h } from "../dom.js";
import { t } from "../words.js";
import { completed } from "./completion.js";

const LINES = [8, 24]; // shown at least, at most
const LISTED = { id: "query-names", class: "options", role: "listbox", hidden: true };
const WRITTEN = {
  dir: "ltr",
  lang: "en",
  wrap: "off",
  spellcheck: "false",
  autocapitalize: "off",
  autocomplete: "off",
  "aria-autocomplete": "list",
  "aria-controls": LISTED.id,
  "aria-describedby": "query-keys",
};

// {element, insert (a button), put(text), mark(fault, message), text()} of a text area; `run` is called at Ctrl+Enter,
// `edited` at each change, and `find` gives the names that answer what is written.
export function editor(field, { run, edited, find }) {
  const numbers = h("pre", { class: "line-numbers", "aria-hidden": "true" });
  const list = h("ul", { ...LISTED, "aria-label": t("insertName") });
  const fault = h("p", { id: "query-fault", class: "failed", hidden: true });
  for (const [key, value] of Object.entries(WRITTEN)) field.setAttribute(key, value);
  const mark = (place, message = "") => {
    number(field, numbers, place?.line);
    fault.textContent = message;
    fault.hidden = !message;
    field.setAttribute("aria-invalid", String(Boolean(message)));
    if (message) field.setAttribute("aria-errormessage", fault.id);
    else field.removeAttribute("aria-errormessage");
    if (place) field.setSelectionRange(place.at, place.at + place.token.length);
  };
  const changed = () => {
    mark();
    edited(field.value);
  };
  const put = (text) => {
    field.value = text;
    mark();
  };
  const names = completed(field, list, { find, written: changed });
  field.addEventListener("input", changed);
  field.addEventListener("scroll", () => Object.assign(numbers, { scrollTop: field.scrollTop }));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  const insert = button(names.open, { "aria-haspopup": "listbox", "aria-controls": list.id }, t("insertName"));
  const element = h("div", h("div", { class: "editor", dir: "ltr" }, numbers, field, list), fault);
  return { element, insert, put, mark, text: () => field.value };
}

function number(field, numbers, marked) {
  const count = field.value.split("\n").length;
  field.rows = Math.min(LINES[1], Math.max(LINES[0], count + 1));
  const line = (_, index) => h("span", { class: index + 1 === marked ? "marked" : null }, String(index + 1));
  numbers.replaceChildren(...Array.from({ length: count }, line));
  numbers.scrollTop = field.scrollTop;
}
