// Focus is never lost: what is drawn anew gives it to the element that stands where the one that had it stood.
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

const has = (element) => element && element !== document.body && element.checkVisibility({ visibilityProperty: true });
const reachable = (element) => [...element.querySelectorAll(FOCUSABLE)].filter(has);

// What an element is known by from one drawing to the next.
function signOf(element) {
  const { id, dataset, tagName } = element;
  const said = element.getAttribute("href") ?? element.getAttribute("aria-label") ?? element.textContent;
  return [tagName, id, JSON.stringify(dataset), Object.keys(dataset).length ? "" : said].join("\n");
}

// Draw the content of an element anew; where focus was within, it goes to the same control or to the one in its place.
export function keepingFocus(element, draw) {
  const had = document.activeElement;
  if (had === element || !element.contains(had)) return draw();
  const [at, sign] = [reachable(element).indexOf(had), signOf(had)];
  const drawn = draw();
  const now = reachable(element);
  (now.find((each) => signOf(each) === sign) ?? now[Math.min(at, now.length - 1)])?.focus({ preventScroll: true });
  return drawn;
}

// Change anything; where that takes away what had focus, it goes to `otherwise`.
export function neverLosingFocus(change, otherwise) {
  const had = has(document.activeElement);
  change();
  if (had && !has(document.activeElement)) otherwise.focus({ preventScroll: true });
}
