// Everything here is a convenience: each page works without it.
"use strict";

// "/" goes to the search, unless one is writing.
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("quick").focus();
  }
});

// A name that one writes beside markings is remembered in this browser alone.
document.querySelectorAll("input[data-keep]").forEach((input) => {
  try {
    input.value ||= localStorage.getItem(input.dataset.keep) ?? "";
    input.addEventListener("change", () => localStorage.setItem(input.dataset.keep, input.value.trim()));
  } catch {
    // A browser that keeps nothing asks each time.
  }
});

// Brushing the chart fills in the period below it and shows it.
const period = document.getElementById("period");
if (period) {
  document.getElementById("hint").hidden = false;
  document.querySelectorAll("svg.tension").forEach(brushable);
  visited(document.getElementById("visit"));
}

function brushable(svg) {
  const { from, to, left, right } = svg.dataset;
  const start = Date.parse(from), days = Math.round((Date.parse(to) - start) / 864e5);
  let brush = null, origin = 0;

  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return Math.min(+right, Math.max(+left, point.x));
  };
  const day = (x) => {
    const share = (x - left) / (right - left);
    return new Date(start + Math.round(share * days) * 864e5).toISOString().slice(0, 10);
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("a")) return;
    origin = at(event);
    brush = document.createElementNS(svg.namespaceURI, "rect");
    brush.setAttribute("class", "brush");
    brush.setAttribute("y", 4);
    brush.setAttribute("height", svg.viewBox.baseVal.height - 22);
    svg.append(brush);
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!brush) return;
    brush.setAttribute("x", Math.min(origin, at(event)));
    brush.setAttribute("width", Math.abs(at(event) - origin));
  });
  svg.addEventListener("pointerup", (event) => {
    if (!brush) return;
    const ends = [origin, at(event)].sort((a, b) => a - b);
    brush.remove();
    brush = null;
    period.elements.since.value = day(ends[0]);
    period.elements.until.value = day(ends[1]);
    period.requestSubmit();
  });
  svg.addEventListener("pointercancel", () => { brush?.remove(); brush = null; });
}

// While somebody reads, the ledger may be fed: the page says so and leaves the reader where they are.
const live = document.getElementById("live");
if (live?.dataset.stream) {
  const stream = new EventSource(live.dataset.stream), seen = new Set();
  stream.addEventListener("happening", (event) => {
    seen.add(JSON.parse(event.data).id);
    live.querySelector("b").textContent = `${seen.size} happening${seen.size === 1 ? "" : "s"} new or changed`;
    live.hidden = false;
  });
  addEventListener("pagehide", () => stream.close());
}

// What changed since the last visit: the day is kept in this browser alone.
function visited(link) {
  try {
    const key = `brink:${link.dataset.crisis}`, day = link.dataset.day, before = localStorage.getItem(key);
    if (before && before < day) {
      link.href = `/?since=${before}${link.dataset.key ? `&crisis=${encodeURIComponent(link.dataset.key)}` : ""}`;
      link.hidden = false;
    }
    if (!new URLSearchParams(location.search).has("as_of")) localStorage.setItem(key, day);
  } catch {
    // A browser that keeps nothing shows the last three days, as without script.
  }
}

// The map is loaded when its panel is opened, and then opens by itself in this browser until it is closed.
const where = document.getElementById("where");
if (where) {
  const remembered = (open) => {
    try {
      if (open === undefined) return localStorage.getItem("brink:map") === "open";
      localStorage.setItem("brink:map", open ? "open" : "closed");
    } catch { /* Then it stays closed. */ }
    return false;
  };
  where.addEventListener("toggle", () => { remembered(where.open); if (where.open) drawn(); });
  if (remembered()) where.open = true;
}

async function drawn() {
  const box = document.getElementById("map");
  if (!box.hidden) return;
  box.hidden = false;
  try {
    const { show } = await import("/static/map/map.js");
    await show(box, where.dataset.map);
    box.dataset.drawn = "yes";
  } catch {
    box.hidden = true;
    document.getElementById("map-trouble").hidden = false;
  }
}
