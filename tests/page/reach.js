// What of the page as it shows now is out of reach: [complaint].
() => {
  const [width, faults] = [document.documentElement.clientWidth, []];
  const said = (element) => element.outerHTML.slice(0, 90);
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const ups = function* (element) {
    for (let up = element.parentElement; up; up = up.parentElement) yield up;
  };
  if (document.documentElement.scrollWidth > width) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
  for (const drawing of document.querySelectorAll("#canvas, #map")) {
    const { height } = drawing.getBoundingClientRect();
    if (drawing.checkVisibility() && height < Math.min(150, 0.5 * innerHeight)) faults.push(`${drawing.id} is a slit of ${height} px`);
  }
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".offscreen, .skip, svg, canvas, noscript")) continue;
    const box = element.getBoundingClientRect();
    if (!box.width) continue;
    if ((box.left < -1 || box.right > width + 1) && ![...ups(element)].some(scrolls)) faults.push(`outside: ${said(element)}`);
    const hides = getComputedStyle(element).overflowX === "hidden" && !element.closest("#canvas, #map, .sources");
    if (hides && element.scrollWidth > element.clientWidth + 1) faults.push(`cut: ${said(element)}`);
    if (element.matches("a, button, summary, select, input, [role=button]") && !element.closest("p, .dim, .sources")) {
      if (Math.min(box.width, box.height) < 24) faults.push(`a target of ${box.width.toFixed(0)}×${box.height.toFixed(0)} px: ${said(element)}`);
    }
  }
  return faults;
}
