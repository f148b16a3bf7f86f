export { browseAsFastAsPossible } from './browse-load.ts';
export { buyAsFastAsPossible, type LoadResult } from './checkout-load.ts';
export { cpuSeconds, postgresCpuSeconds } from './cpu-time.ts';
export { startDiscardingSink } from './discarding-sink.ts';
export { profileApi } from './profile-api.ts';
export { recordCheckout } from './record-checkout.ts';
export { compareIndexes, type IndexComparison } from './slow-queries/compare-indexes.ts';
export type { StatementFigures } from './slow-queries/statement-figures.ts';
