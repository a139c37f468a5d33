// What the map loads beside map.js, copied as the packages ship it: MapLibre's worker and style, world-atlas, licences.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";

const out = "../src/brink/serve/static/map";
const take = (from, to) => copyFileSync(`node_modules/${from}`, `${out}/${to}`);
const text = (path) => readFileSync(`node_modules/${path}`, "utf8").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");

writeFileSync(`${out}/worker.js`, text("maplibre-gl/dist/maplibre-gl-worker.mjs"));
take("maplibre-gl/dist/maplibre-gl.css", "maplibre-gl.css");
take("world-atlas/countries-50m.json", "countries.json");
const versions = ["maplibre-gl", "topojson-client", "world-atlas"].map((name) => {
  const known = JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8"));
  const file = ["LICENSE.txt", "LICENSE"].find((f) => { try { readFileSync(`node_modules/${name}/${f}`); return true; } catch { return false; } });
  return `${name} ${known.version} (${known.license})\n\n${readFileSync(`node_modules/${name}/${file}`, "utf8").trim()}\n`;
});
writeFileSync(`${out}/LICENSES.txt`, `Made by \`npm run build\` in web/. The outlines are Natural Earth's (public domain).\n\n${versions.join("\n\n")}`);
