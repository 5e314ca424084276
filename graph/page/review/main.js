// Put the page of a review together.
import { $, announce, replace, translate } from "../js/dom.js";
import { data, state } from "../js/given.js";
import { t } from "../js/words.js";
import { counted, next, takeBack, takeFile } from "./acts.js";
import { isDecided } from "./deciding.js";
import { renderKeys, wireKeys } from "./keys.js";
import { renderFilters, renderList } from "./list.js";
import { look, nextOpen, onChange, refresh } from "./look.js";
import { restore, rows, undoable, unsaved } from "./rows.js";
import { renderText, wireText } from "./text.js";

function renderWords() {
  translate();
  replace("title", t("reviewOf", { x: `\u2068${data.file}\u2069` }));
  for (const button of document.querySelectorAll("button[data-lang]"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang));
  renderKeys();
}

function render(focus) {
  replace("counts", counted());
  $("progress").max = Math.max(1, rows.length);
  $("progress").value = rows.filter(isDecided).length;
  $("undo").disabled = !undoable();
  renderFilters();
  if (!look.at) return;
  renderList(focus);
  renderText();
}

function dark(on) {
  document.documentElement.dataset.theme = on ? "dark" : "light";
  $("theme").setAttribute("aria-pressed", String(on));
}

function connect() {
  for (const button of document.querySelectorAll("button[data-lang]"))
    button.addEventListener("click", () => {
      state.lang = button.dataset.lang;
      renderWords();
      refresh();
    });
  $("theme").addEventListener("click", () => dark(document.documentElement.dataset.theme !== "dark"));
  $("next").addEventListener("click", () => next());
  $("undo").addEventListener("click", takeBack);
  $("download").addEventListener("click", takeFile);
  $("skip").addEventListener("click", (event) => {
    event.preventDefault();
    refresh("pick");
  });
  addEventListener("beforeunload", (event) => unsaved() && event.preventDefault());
}

function start() {
  document.body.classList.remove("waiting");
  dark(matchMedia("(prefers-color-scheme: dark)").matches);
  const language = new URLSearchParams(location.hash.slice(1)).get("lang");
  if (language in data.interface) state.lang = language;
  const restored = restore();
  if (rows.length) look.at = nextOpen(rows.at(-1)) ?? rows[0];
  renderWords();
  connect();
  wireText();
  if (rows.length) wireKeys();
  onChange(render);
  render("pick");
  if (restored) announce(t("restored", { n: restored }));
  document.body.dataset.ready = "true";
}

start();
