// What one is about stays in sight where the page is small: the field above a keyboard, the picture of what was picked.
import { $ } from "./dom.js";

const root = document.documentElement;

export function keepFieldInSight() {
  const seen = window.visualViewport ?? window;
  seen.addEventListener("resize", () => {
    root.style.setProperty("--seen", `${window.visualViewport?.height ?? innerHeight}px`);
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) document.activeElement.scrollIntoView({ block: "nearest" });
  });
}

// Where the page scrolls as a whole, the picture of what was picked may be elsewhere; who reads on is not led away.
export function lookAtPicked() {
  const reads = document.activeElement?.closest("#record-side, #tour");
  if (root.scrollHeight > innerHeight + 8 && !reads) $("stage").scrollIntoView();
}
