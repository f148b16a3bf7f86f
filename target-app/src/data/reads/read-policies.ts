/**
 * Where a read is done, at levels that have replicas.
 *
 * `primary`: never stale. `replica`: a replica that is within the staleness limit, else the primary; with `onMiss` also
 * the primary where the replica has nothing, which may only be too new for it. `any-replica`: within the limit, else the
 * primary, and while that is away a replica however old.
 *
 * `own`: it shows what its customer wrote. Where sessions are known (level 4) it is done on a server that has all of that,
 * in the order of `any-replica`.
 */
export type ReadPolicy = { readonly own?: true } & (
  | { readonly from: 'primary' | 'any-replica'; readonly onMiss?: never }
  | { readonly from: 'replica'; readonly onMiss?: 'ask-primary' }
);

/** Every read of the shop by its operation. What customers decide by is fresh; what they look at may be behind. */
export const readPolicies = {
  browse: { from: 'any-replica' },
  product: { from: 'any-replica' },
  reviews: { from: 'any-replica', own: true },
  feed: { from: 'replica', own: true },
  'cart-show': { from: 'primary', own: true },
  'order-list': { from: 'replica', own: true },
  'order-status': { from: 'replica', own: true, onMiss: 'ask-primary' },
  'order-history': { from: 'replica', own: true },
  invoice: { from: 'replica', own: true, onMiss: 'ask-primary' },
} as const satisfies Record<string, ReadPolicy>;

export type ReadOperation = keyof typeof readPolicies;

export function policyOf(operation: ReadOperation): ReadPolicy {
  return readPolicies[operation];
}

/** Whether an operation's answer may come from a replica. */
export function mayBeStale(operation: string): boolean {
  return operation in readPolicies && policyOf(operation as ReadOperation).from !== 'primary';
}

/** Whether an operation's answer tells how far its customer has come: of the reads those of what is the customer's own. */
export function tellsToken(operation: string, method: string): boolean {
  return operation in readPolicies ? policyOf(operation as ReadOperation).own === true : method !== 'get';
}
