/** One article of the seeded catalogue. */
export interface SeedProduct {
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly priceCents: number;
  /** Units in stock at the beginning. */
  readonly seeded: number;
}

export const productCount = 200;
/** The last few articles are scarce, so that a drill can sell them out. */
export const scarceCount = 10;
const scarceUnits = 50;
const plentyUnits = 1_000_000;

const materials = ['oak', 'linen', 'steel', 'wool', 'glass', 'cork', 'brass', 'clay', 'cotton', 'birch'];
const things = [
  ['kitchen', 'bowl'],
  ['kitchen', 'kettle'],
  ['desk', 'lamp'],
  ['desk', 'tray'],
  ['garden', 'trowel'],
  ['garden', 'planter'],
  ['travel', 'pouch'],
  ['travel', 'flask'],
  ['home', 'blanket'],
  ['home', 'clock'],
] as const;
const series = ['plain', 'tall'];

export function skuOf(number: number): string {
  return `SKU-${String(number).padStart(4, '0')}`;
}

/** The same 200 articles each time: every thing of every material, in two series. */
export function catalogue(): readonly SeedProduct[] {
  return Array.from({ length: productCount }, (_, index) => {
    const material = materials[index % materials.length];
    const [category, thing] = things[Math.floor(index / materials.length) % things.length] ?? ['home', 'box'];
    const kind = series[Math.floor(index / (materials.length * things.length))] ?? 'plain';
    return {
      sku: skuOf(index + 1),
      name: `${kind} ${material} ${thing}`,
      description: `A ${kind} ${thing} made of ${material}, for ${category}.`,
      category,
      priceCents: 495 + ((index * 737) % 190) * 50,
      seeded: index >= productCount - scarceCount ? scarceUnits : plentyUnits,
    };
  });
}
