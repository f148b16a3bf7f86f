/** Which set of burn-rate windows is meant: `production` is 30 days, `drill` is the same windows ÷ 60. */
export type Clock = 'drill' | 'production';

export const clocks: readonly Clock[] = ['drill', 'production'];

/** How much faster than production each clock runs. */
export const clockFactor: Readonly<Record<Clock, number>> = { drill: 60, production: 1 };

/** What `--storage.tsdb.retention.time` must be, so that the period's ratio never runs out of samples. */
export const prometheusRetention: Readonly<Record<Clock, string>> = { drill: '1d', production: '31d' };
