/**
 * What a feed is made of, as documents. All of it is copied from the database, where it can be made again at any time. Moments
 * are microseconds since 1970.
 */
export interface CustomerDocument {
  /** The customer. */
  readonly _id: string;
  /** The latest ones. */
  readonly orders: readonly {
    readonly id: string;
    /** It is in a state in which it was paid. */
    readonly paid: boolean;
    readonly skus: readonly string[];
    readonly steps: readonly { readonly sequence: number; readonly at: number; readonly status: string }[];
  }[];
  /** The latest ones. */
  readonly carts: readonly { readonly at: number; readonly skus: readonly string[] }[];
}

export interface ReviewDocument {
  readonly _id: string;
  readonly sku: string;
  readonly customer: string;
  readonly at: number;
  readonly rating: number;
  readonly title: string;
}

export interface ProductDocument {
  /** The SKU. */
  readonly _id: string;
  /** Units came back when it was sold out; `null`: that never happened. */
  readonly backAt: number | null;
  readonly available: boolean;
}

/** How far the copy has come. */
export interface CopyDocument {
  readonly _id: 'copy';
  /** The database's clock, ISO 8601. */
  readonly until: string;
}

/** What one page of one customer's feed can show. */
export interface FeedParts {
  readonly customer: CustomerDocument | undefined;
  /** Of what the customer bought, by others, behind the page's beginning. */
  readonly reviews: readonly ReviewDocument[];
  /** Of what is in the customer's carts. */
  readonly products: readonly ProductDocument[];
}

/** Pure: what the customer bought. */
export function boughtBy(customer: CustomerDocument | undefined): readonly string[] {
  const paid = customer?.orders.filter((order) => order.paid) ?? [];
  return [...new Set(paid.flatMap((order) => order.skus))];
}

/** Pure: what is in the customer's carts, since when. */
export function inCarts(customer: CustomerDocument | undefined): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const { at, skus } of customer?.carts ?? []) {
    for (const sku of skus) since.set(sku, Math.min(at, since.get(sku) ?? at));
  }
  return since;
}
