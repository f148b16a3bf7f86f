/**
 * Where a read is done, at levels that have replicas.
 *
 * `primary`: never stale. `replica`: a replica that is within the staleness limit, else the primary; with `onMiss` also
 * the primary where the replica has nothing, which may only be too new for it. `any-replica`: within the limit, else the
 * primary, and while that is away a replica however old.
 */
export type ReadPolicy =
  | { readonly from: 'primary' | 'any-replica'; readonly onMiss?: never }
  | { readonly from: 'replica'; readonly onMiss?: 'ask-primary' };

/** Every read of the shop by its operation. What customers decide by is fresh; what they look at may be behind. */
export const readPolicies = {
  browse: { from: 'any-replica' },
  product: { from: 'any-replica' },
  reviews: { from: 'any-replica' },
  feed: { from: 'replica' },
  'cart-show': { from: 'primary' },
  'order-list': { from: 'replica' },
  'order-status': { from: 'replica', onMiss: 'ask-primary' },
  'order-history': { from: 'replica' },
  invoice: { from: 'replica', onMiss: 'ask-primary' },
} as const satisfies Record<string, ReadPolicy>;

export type ReadOperation = keyof typeof readPolicies;

export function policyOf(operation: ReadOperation): ReadPolicy {
  return readPolicies[operation];
}

/** Whether an operation's answer may come from a replica. */
export function mayBeStale(operation: string): boolean {
  return operation in readPolicies && policyOf(operation as ReadOperation).from !== 'primary';
}
