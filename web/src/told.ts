// What /api/v1/map tells; see docs/api.md.
export interface Happening { id: string; sentence: string; status: string; mark: string; quad: string; href: string }
export interface Point { name: string; lon: number; lat: number; quad: string; opacity: number; happenings: Happening[] }
export interface Shaded { feature: string | null; area: string | null; label: string; regions: string[]; happenings: Happening[] }
export interface Area {
  key: string; name: string; both: string[]; feature?: string; outline?: [number, number][]; points?: [number, number][];
  piece?: { of: string; to: string; box: [number, number, number, number] };
}
export interface Told { points: Point[]; shaded: Shaded[]; areas: Area[] }
