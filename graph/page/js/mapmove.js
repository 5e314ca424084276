// Moving the map: drag, wheel, pinch and buttons.
import { chart, mapSize } from "./chart.js";
import { $ } from "./dom.js";
import { renderMap } from "./map.js";

export function zoomMap(factor, at) {
  const { width, height } = mapSize();
  const point = at ?? { x: width / 2, y: height / 2 };
  const next = Math.min(60, Math.max(0.2, chart.scale * factor));
  const keep = 1 / chart.scale - 1 / next;
  chart.centre = {
    x: chart.centre.x + (point.x - width / 2) * keep,
    y: chart.centre.y + (point.y - height / 2) * keep,
  };
  chart.scale = next;
  renderMap();
}

function pointerMoved(event) {
  const last = chart.pointers.get(event.pointerId);
  if (!last || !chart.centre) return;
  const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
  if (!chart.moved && Math.hypot(dx, dy) < 4) return;
  chart.moved = true;
  const others = [...chart.pointers.entries()].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
  chart.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (others.length) {
    const [before, now] = [
      Math.hypot(last.x - others[0].x, last.y - others[0].y),
      Math.hypot(event.clientX - others[0].x, event.clientY - others[0].y),
    ];
    return zoomMap(now / (before || 1));
  }
  chart.centre = { x: chart.centre.x - dx / chart.scale, y: chart.centre.y - dy / chart.scale };
  renderMap();
}

// What lies over the map is scrolled and pressed by itself.
const inList = ({ target }) => target.closest("#unplaced");

export function wireMap() {
  const map = $("map");
  map.addEventListener(
    "wheel",
    (event) => {
      if (!chart.centre || inList(event)) return;
      event.preventDefault();
      const box = map.getBoundingClientRect();
      zoomMap(event.deltaY < 0 ? 1.2 : 1 / 1.2, { x: event.clientX - box.left, y: event.clientY - box.top });
    },
    { passive: false },
  );
  map.addEventListener("pointerdown", (event) => {
    if (inList(event)) return;
    chart.moved = false;
    chart.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  addEventListener("pointermove", pointerMoved);
  for (const end of ["pointerup", "pointercancel"])
    addEventListener(end, (event) => chart.pointers.delete(event.pointerId));
}
