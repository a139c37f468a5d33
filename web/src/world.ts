// Countries of world-atlas with our corrections, and the disputed areas, as GeoJSON.
import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Point, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, MultiPolygon as Arcs, Objects, Topology } from "topojson-specification";
import type { Area, Shaded } from "./told";

type Named = { name: string };
export type Atlas = Topology<Objects & { countries: GeometryCollection<Named> }>;
type Country = Arcs<Named> & { id?: string };
export interface World {
  countries: FeatureCollection; lines: MultiLineString; areas: FeatureCollection; islands: FeatureCollection; names: FeatureCollection;
}

export function world(atlas: Atlas, areas: Area[], shaded: Shaded[]): World {
  const held = atlas.objects.countries.geometries as unknown as Country[];
  const pieces = new Map(areas.filter((a) => a.piece).map((a) => [a.key, moved(atlas, held, a.piece!)]));
  const countries = (feature(atlas, atlas.objects.countries) as FeatureCollection).features;
  const shade = new Map(shaded.filter((s) => s.feature).map((s) => [s.feature, s]));
  for (const one of countries) {
    one.geometry = flat(one.geometry as Polygon | MultiPolygon);
    const told = shade.get(key(one));
    one.properties = { name: one.properties!.name, at: told ? shaded.indexOf(told) : -1, n: told?.happenings.length ?? 0 };
  }
  const drawn = areas.flatMap((a) => area(a, countries, pieces.get(a.key), shaded));
  const islands = areas.flatMap((a) => (a.points ?? []).map((at) => ({ type: "Feature" as const, properties: told(a, shaded), geometry: { type: "Point" as const, coordinates: at } })));
  return {
    countries: all(countries),
    lines: { type: "MultiLineString", coordinates: (mesh(atlas, atlas.objects.countries as never, (a, b) => a !== b) as MultiLineString).coordinates.map(unrolled) },
    areas: all(drawn),
    islands: all(islands),
    names: all([...countries.filter((c) => !areas.some((a) => a.feature === key(c))).map((c) => label(c, c.properties!.name, 2)), ...drawn.map((d) => label(d, d.properties!.label, 1)), ...islands.map((i) => ({ ...i, properties: { name: i.properties.label, rank: 3 } }))]),
  };
}

/** world-atlas draws on a globe: a ring may jump from 180 to -180, and Antarctica's goes round the pole. */
function flat(shape: Polygon | MultiPolygon): Polygon | MultiPolygon {
  if (shape.type === "Polygon") return { type: "Polygon", coordinates: shape.coordinates.map(ring) };
  return { type: "MultiPolygon", coordinates: shape.coordinates.map((p) => p.map(ring)) };
}

function ring(line: Position[]): Position[] {
  const open = unrolled(line), [first, last] = [open[0]!, open.at(-1)!];
  return Math.abs(last[0]! - first[0]!) < 180 ? open : [...open, [last[0]!, -90], [first[0]!, -90], first];
}

/** A line without jumps, beyond 180 degrees where it must. */
function unrolled(line: Position[]): Position[] {
  let turn = 0;
  return line.map(([x, y], at) => {
    const step = at ? x! - line[at - 1]![0]! : 0;
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [x! + turn, y!];
  });
}

const all = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
const key = (one: Feature): string => String(one.id ?? one.properties!.name);

function told(a: Area, shaded: Shaded[]) {
  const at = shaded.findIndex((s) => s.area === a.key);
  return { key: a.key, label: [a.name, ...a.both].join("\n"), at, n: at < 0 ? 0 : shaded[at]!.happenings.length };
}

function area(a: Area, countries: Feature[], piece: MultiPolygon | undefined, shaded: Shaded[]): Feature[] {
  const found = countries.find((c) => key(c) === a.feature);
  const outline: Polygon | undefined = a.outline && { type: "Polygon", coordinates: [[...a.outline, a.outline[0]!]] };
  const geometry = piece ?? outline ?? (found?.geometry as MultiPolygon | undefined);
  return geometry ? [{ type: "Feature", properties: told(a, shaded), geometry }] : [];
}

/** Move the polygons of one country that lie in a box to another one, in the atlas itself, and give them. */
function moved(atlas: Atlas, held: Country[], piece: NonNullable<Area["piece"]>): MultiPolygon | undefined {
  const from = held.find((c) => c.id === piece.of), to = held.find((c) => c.id === piece.to);
  if (!from || !to) return undefined;
  const [west, south, east, north] = piece.box;
  const inside = (arcs: number[][]) => {
    const { coordinates } = (feature(atlas, { type: "Polygon", arcs } as never) as unknown as Feature<Polygon>).geometry;
    return coordinates[0]!.every(([x, y]) => x! > west && x! < east && y! > south && y! < north);
  };
  const taken = from.arcs.filter(inside);
  from.arcs = from.arcs.filter((arcs) => !taken.includes(arcs));
  if ((to.type as string) === "Polygon") { to.arcs = [to.arcs as never]; (to as { type: string }).type = "MultiPolygon"; }
  to.arcs = [...to.arcs, ...taken];
  return (feature(atlas, { type: "MultiPolygon", arcs: taken } as never) as unknown as Feature<MultiPolygon>).geometry;
}

/** Where a name stands: the middle of the largest polygon. It names the area, it marks no place. */
function label(one: Feature, name: string, rank: number): Feature<Point> {
  const shape = one.geometry as Polygon | MultiPolygon;
  const rings = (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates).map((p) => p[0]!);
  const [x, y] = rings.map(middle).reduce((a, b) => (b[2] > a[2] ? b : a));
  return { type: "Feature", properties: { name, rank }, geometry: { type: "Point", coordinates: [x, y] } };
}

function middle(ring: Position[]): [number, number, number] {
  let area = 0, x = 0, y = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number], [bx, by] = ring[i + 1] as [number, number], cross = ax * by - bx * ay;
    area += cross; x += (ax + bx) * cross; y += (ay + by) * cross;
  }
  return area ? [x / (3 * area), y / (3 * area), Math.abs(area)] : [ring[0]![0]!, ring[0]![1]!, 0];
}
