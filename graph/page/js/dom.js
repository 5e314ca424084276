import { keepingFocus } from "./focus.js";
import { Lent, spoken, spokenTag, t } from "./words.js";

export const SVG = "http://www.w3.org/2000/svg";

// An HTML element; its attributes may be left out.
export function h(tag, ...given) {
  const attributes = given[0]?.constructor === Object ? given.shift() : {};
  return fill(document.createElement(tag), attributes, given);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

// Text always enters as text: nothing of the data is ever read as markup.
export function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value);
  }
  const shown = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  element.append(...shown.map((child) => (child instanceof Lent ? h("bdi", { lang: child.lang, dir: child.dir }, child.text) : child)));
  return element;
}

export const $ = (id) => document.getElementById(id);

export const replace = (id, ...children) => put($(id), ...children);

export function put(element, ...children) {
  return keepingFocus(element, () => {
    element.replaceChildren();
    return fill(element, {}, children);
  });
}

// A link that leaves the page; only an address of the web may be one.
export const isWeb = (address) => /^https?:\/\//.test(address ?? "");

export function outward(href, attributes, ...children) {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...attributes }, ...children);
}

export const nothingHere = (key) => h("p", { class: "empty-view" }, t(key));

// A name in whatever script: isolated, so that it cannot disturb the order of what stands around it.
export function bdi(text, lang) {
  return h("bdi", lang ? { lang } : {}, text);
}

export function code(text) {
  return h("code", { dir: "ltr" }, text);
}

export function button(act, attributes, ...children) {
  return h("button", { type: "button", onclick: act, ...attributes }, ...children);
}

const COPIED_FOR = 2000; // milliseconds, after which a button says again what it does

export function copyButton(key, give) {
  let shown;
  const made = button(
    async () => {
      await copy(give());
      put(made, t("copied"));
      announce(t("copied"));
      clearTimeout(shown);
      shown = setTimeout(() => put(made, t(key)), COPIED_FOR);
    },
    { class: "small" },
    t(key),
  );
  return made;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "offscreen" }, text);
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

export function announce(text) {
  put($("live"), text);
}

const openers = []; // of the panels that were opened, the topmost last

// Close the panel that lies on top, if any is open; focus goes back to what opened it.
export function closeTopmost() {
  const top = openers.findLast((each) => each.getAttribute("aria-expanded") === "true" && each.getClientRects().length);
  top?.click();
  top?.focus();
  return Boolean(top);
}

// A button that opens and closes a panel.
export function disclose(buttonId, panelId, before = () => {}) {
  const [button, panel] = [$(buttonId), $(panelId)];
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    openers.splice(0, openers.length, ...openers.filter((each) => each !== button), button);
    button.setAttribute("aria-expanded", String(open));
    panel.classList.toggle("open", open);
    if (panelId === "take-panel") panel.hidden = !open;
    if (open) before();
  });
  if (panelId !== "take-panel") return;
  addEventListener("pointerdown", ({ target }) => {
    if (!panel.hidden && !panel.contains(target) && !button.contains(target)) button.click();
  });
}

// The fixed words of the template, in the language that is spoken now.
export function translate() {
  const root = document.documentElement;
  root.lang = spokenTag();
  root.dir = spoken().direction;
  for (const element of document.querySelectorAll("[data-t]")) put(element, t(element.dataset.t));
  for (const element of document.querySelectorAll("[data-label]"))
    element.setAttribute("aria-label", t(element.dataset.label));
  for (const element of document.querySelectorAll("[data-tip]")) element.setAttribute("title", t(element.dataset.tip));
}

export function download(content, name, type) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
