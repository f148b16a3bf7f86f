import type { OrderLine } from './answer.ts';

/** The same goods at the same prices, in any order. */
export function sameLines(a: readonly OrderLine[], b: readonly OrderLine[]): boolean {
  // Most come in the order in which they were told, and need no words to be compared.
  const inOrder = (line: OrderLine, index: number): boolean =>
    isSame(line, b[index]) && line.unitCents === b[index]?.unitCents;
  if (a.length === b.length && a.every(inOrder)) return true;
  return sameBag(a, b, (line) => `${line.sku} ${line.quantity} ${line.unitCents}`);
}

type Quantity = { readonly sku: string; readonly quantity: number };

const isSame = (one: Quantity, other: Quantity | undefined): boolean =>
  one.sku === other?.sku && one.quantity === other.quantity;

/** The same goods, in any order. */
export function sameQuantities(a: readonly Quantity[], b: readonly Quantity[]): boolean {
  if (a.length === b.length && a.every((line, index) => isSame(line, b[index]))) return true;
  return sameBag(a, b, (line) => `${line.sku} ${line.quantity}`);
}

function sameBag<T>(a: readonly T[], b: readonly T[], name: (item: T) => string): boolean {
  if (a.length !== b.length) return false;
  const left = a.map(name).sort();
  const right = b.map(name).sort();
  return left.every((item, index) => item === right[index]);
}
