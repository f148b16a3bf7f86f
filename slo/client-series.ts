/** What the load client exports of its requests, and every SLI is made of. */
export const clientMetrics = [
  'client_requests_total',
  'client_request_duration_seconds_count',
  'client_request_duration_seconds_bucket',
] as const;

/** `bad`: 5xx, time-out, broken connection, 429. `excluded`: the client's own mistakes and declined cards. */
export const clientOutcomes = ['good', 'bad', 'excluded'] as const;

/** Where the buckets of the histogram end, seconds. */
export const clientBucketSeconds = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
] as const;

/** The load client's node: the quiet history carries the very labels of its scrape, or no window would join the two. */
export const clientInstance = 'client-1';
