import type { ShopSeams } from '../../src/compose-shop.ts';

/** A shop with one promise broken. It exists so that the checker can be seen to catch it. */
export interface BrokenShop {
  /** What is wrong with it, in one line. */
  readonly mistake: string;
  readonly seams: ShopSeams;
  /** Constraints that would stop the mistake at the database's door; such a shop never had them. */
  readonly without?: readonly { readonly table: string; readonly constraint: string }[];
}
