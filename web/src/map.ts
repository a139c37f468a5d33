// The map of the crisis page: shaded countries and areas, points where a place or city is told. It asks this server alone.
import { AttributionControl, Map, NavigationControl, Popup, setWorkerCount, setWorkerUrl } from "maplibre-gl";
import type { ExpressionSpecification, LngLatBoundsLike, StyleSpecification } from "maplibre-gl";
import type { Happening, Told } from "./told";
import { type Atlas, type World, world } from "./world";

const HERE = "/static/map/";
const MOST = 8;

/** Draw the map that `address` tells of into `box`; rejects where the browser cannot. */
export async function show(box: HTMLElement, address: string): Promise<Map> {
  setWorkerUrl(new URL(`${HERE}worker.js`, location.href).href);
  setWorkerCount(1);
  const [told, atlas] = await Promise.all([read<Told>(address), read<Atlas>(`${HERE}countries.json`), styled()]);
  const map = new Map({
    container: box, style: style(box, told, world(atlas, told.areas, told.shaded)), bounds: bounds(told), fitBoundsOptions: { padding: 40, maxZoom: 6 },
    attributionControl: false, maxZoom: 9, dragRotate: false, pitchWithRotate: false, cooperativeGestures: true, renderWorldCopies: false,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new AttributionControl({ compact: false, customAttribution: "Natural Earth by world-atlas · GeoNames · PLOVER" }));
  await new Promise<void>((done, failed) => { map.once("load", () => done()); map.once("error", (e) => failed(e.error)); });
  map.addImage("hatch", hatch(getComputedStyle(box).color));
  map.addLayer({ id: "hatched", type: "fill", source: "areas", paint: { "fill-pattern": "hatch" } }, "areas-edge");
  for (const layer of ["points", "islands", "areas", "countries"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("click", (event) => {
    const hit = map.queryRenderedFeatures(event.point, { layers: ["points", "islands", "areas", "countries"] })[0];
    if (hit) new Popup({ maxWidth: "320px" }).setLngLat(event.lngLat).setDOMContent(words(told, hit.layer.id, hit.properties)).addTo(map);
  });
  return map;
}

async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json() as Promise<T>;
}

function styled(): Promise<void> {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${HERE}maplibre-gl.css` });
    link.addEventListener("load", () => done());
    link.addEventListener("error", failed);
    document.head.append(link);
  });
}

/** Around what is told, somewhat wider; the whole world where nothing is. */
function bounds(told: Told): LngLatBoundsLike {
  const at = told.points;
  if (!at.length) return [[-130, -50], [160, 70]];
  const x = at.map((p) => p.lon), y = at.map((p) => p.lat);
  return [[Math.max(-180, Math.min(...x) - 3), Math.max(-80, Math.min(...y) - 2)], [Math.min(180, Math.max(...x) + 3), Math.min(80, Math.max(...y) + 2)]];
}

/** Colours are the page's own. */
function style(box: HTMLElement, told: Told, the: World): StyleSpecification {
  const css = getComputedStyle(box), color = (name: string) => css.getPropertyValue(`--${name}`).trim();
  const steps: ExpressionSpecification = ["step", ["get", "n"], 0, 1, 0.16, 3, 0.26, 6, 0.36, 11, 0.46];
  const quads = ["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"];
  const hue = ["match", ["get", "quad"], ...quads.flatMap((q) => [q, color(q)]), color("ink")] as unknown as ExpressionSpecification;
  const points = told.points.map((p, at) => ({ type: "Feature" as const, properties: { at, quad: p.quad, opacity: p.opacity, n: p.happenings.length }, geometry: { type: "Point" as const, coordinates: [p.lon, p.lat] } }));
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: the.countries }, lines: { type: "geojson", data: the.lines }, areas: { type: "geojson", data: the.areas },
      islands: { type: "geojson", data: the.islands }, names: { type: "geojson", data: the.names },
      points: { type: "geojson", data: { type: "FeatureCollection", features: points } },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": color("sea") } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": color("land") } },
      { id: "countries", type: "fill", source: "countries", paint: { "fill-color": color("ink"), "fill-opacity": steps } },
      // A disputed area has no country's shade but its own.
      { id: "areas-ground", type: "fill", source: "areas", paint: { "fill-color": color("land") } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": color("ink"), "fill-opacity": steps } },
      { id: "coast", type: "line", source: "countries", paint: { "line-color": color("coast"), "line-width": 0.4 } },
      { id: "lines", type: "line", source: "lines", paint: { "line-color": color("soft"), "line-width": 0.7 } },
      { id: "areas-edge", type: "line", source: "areas", paint: { "line-color": color("soft"), "line-width": 1, "line-dasharray": [2, 2] } },
      { id: "islands", type: "circle", source: "islands", paint: { "circle-radius": 4, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": color("soft"), "circle-stroke-width": 1.2 } },
      {
        id: "names", type: "symbol", source: "names",
        layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": ["case", ["==", ["get", "rank"], 2], 12, 10.5], "text-max-width": 11, "symbol-sort-key": ["get", "rank"], "text-padding": 4 },
        paint: { "text-color": color("soft"), "text-halo-color": color("land"), "text-halo-width": 1.4 },
      },
      {
        id: "points", type: "circle", source: "points",
        paint: {
          "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 5, 4, 12], "circle-color": hue, "circle-opacity": ["get", "opacity"],
          "circle-stroke-color": hue, "circle-stroke-width": 1.5,
        },
      },
    ],
  };
}

function words(told: Told, layer: string, at: Record<string, unknown>): HTMLElement {
  const box = document.createElement("div");
  const held = layer === "points" ? told.points[at.at as number] : told.shaded[at.at as number];
  const area = told.areas.find((a) => a.key === at.key);
  box.append(line("b", area?.name ?? (held && "name" in held ? held.name : held?.label) ?? String(at.name)));
  for (const both of area?.both ?? []) box.append(line("p", both));
  if (held && "regions" in held && held.regions.length) box.append(line("p", `Told of: ${held.regions.join(", ")}`));
  const list = box.appendChild(document.createElement("ul"));
  for (const h of (held?.happenings ?? []).slice(0, MOST)) list.append(entry(h));
  const more = (held?.happenings.length ?? 0) - MOST;
  if (more > 0) box.append(line("p", `and ${more} more, in the list below the map`));
  if (!held?.happenings.length) box.append(line("p", "Nothing is told of it in this period."));
  return box;
}

function entry(h: Happening): HTMLElement {
  const item = document.createElement("li"), link = item.appendChild(document.createElement("a"));
  link.href = h.href;
  link.textContent = h.sentence;
  item.append(` (${h.mark})`);
  return item;
}

function line(tag: string, text: string): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text });
}

/** A tile of slanting lines for disputed areas, in a colour of the form rgb(…). */
function hatch(color: string): ImageData {
  const size = 8, tile = new ImageData(size, size), [r, g, b] = color.match(/\d+/g)!.map(Number);
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) if ((x + y) % size < 2) tile.data.set([r!, g!, b!, 150], 4 * (y * size + x));
  return tile;
}
