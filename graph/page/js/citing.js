// What a reader does with what is said here: cite it, or report an error in it.
import { FORMATS, textParts } from "./citations.js";
import { data, sources } from "./data.js";
import { bdi, button, copyButton, download, h, isWeb } from "./dom.js";
import { claimIri, entityIri } from "./model.js";
import { name, placesSaid, sentence, sourceName, statusName } from "./names.js";
import { seenAt } from "./state.js";
import { inLanguage, joinWords, t } from "./words.js";

// References in each format: `give` gives them when they are asked for.
export function citationButtons(give) {
  const file = (items) => (items[0].id === data.info.name ? "citation" : items[0].id);
  return Object.entries(FORMATS).map(([suffix, [label, type, write]]) => {
    const take = () => download(write(give()), `${file(give())}.${suffix}`, type);
    return button(take, { class: "small", lang: "en", "data-cite": suffix }, label);
  });
}

export const citationText = (items) => FORMATS.txt[2](items);

// References as they are read: each part in its own direction.
export function citationShown(items) {
  return items.map((item) =>
    h(
      "p",
      textParts(item).map((part) => [bdi(part), " "]),
    ),
  );
}

// Two notes that open: how to cite this, and how to report an error in it.
export function citeAndReport(give, report) {
  return [
    opening("cite", () => [
      citationShown(give()),
      h(
        "div",
        { class: "row" },
        copyButton("copyTurtle", () => citationText(give())),
        citationButtons(give),
      ),
    ]),
    opening("reportError", () => reporting(report())),
  ];
}

function opening(key, content) {
  const box = h("details", { class: "more", "data-more": key }, h("summary", t(key)));
  box.addEventListener("toggle", () => box.open && box.children.length < 2 && box.append(h("div", content())));
  return box;
}

function reporting({ subject, lines }) {
  const text = h("textarea", { class: "report", rows: 8, dir: "auto" });
  text.value = ["", "", "—", ...lines].join("\n");
  const { contact } = data.info;
  const mail = h("a", { class: "mail" }, t("sendReport", { x: contact }));
  const write = () => {
    const [about, body] = [subject, text.value.replace(/\r?\n/g, "\r\n")].map(encodeURIComponent);
    mail.href = `mailto:${encodeURIComponent(contact).replace("%40", "@")}?subject=${about}&body=${body}`;
  };
  text.addEventListener("input", write);
  if (contact) write();
  return [
    h("label", t("whatIsWrong"), text),
    h(
      "div",
      { class: "row" },
      copyButton("copyTurtle", () => text.value),
      contact && mail,
    ),
  ];
}

function report(id, iri, lines, shown) {
  const title = inLanguage(data.info.title, data.info.name);
  const of = `${title} (${data.info.base}), ${t("version")} ${data.info.version}`;
  return { subject: t("reportOn", { x: title, y: id }), lines: [...lines, iri, of, ...seenAt(shown)] };
}

export const reportOnThing = (node) => report(node.id, entityIri(node), [name(node)], { select: node.id });

export function reportOnClaim(claim) {
  const source = sources[claim.src];
  const lines = [
    `${sentence(claim)} (${statusName(claim.st)})`,
    `${sourceName(source)}${isWeb(source.url) ? ` – ${source.url}` : ""}`,
    joinWords(placesSaid(claim)),
  ];
  return report(claim.id, claimIri(claim), lines, {});
}
