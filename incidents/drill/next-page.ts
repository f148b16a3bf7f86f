/** Who buys comes before who looks; who fails before who waits. Where nobody may be told the rest cannot be trusted. */
const order = [
  'WatchdogMissing',
  'ReconcilerMismatch',
  'CheckoutAvailability',
  'CheckoutLatency',
  'BrowseAvailability',
  'BrowseLatency',
];

const placeOf = (alert: string): number => (order.includes(alert) ? order.indexOf(alert) : order.length);

/** Pure: the page to be answered next; `undefined` where none is left. */
export const nextPage = (firing: readonly string[], answered: ReadonlySet<string>): string | undefined =>
  firing.filter((alert) => !answered.has(alert)).toSorted((a, b) => placeOf(a) - placeOf(b))[0];
