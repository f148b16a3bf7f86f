/** What a query of a spec selects: read from its PromQL, so that the spec stays the only source. */
export interface Selection {
  /** In the order of the query, without doubles. */
  readonly operations: readonly string[];
  /** `le` of the bucket that is subtracted, in seconds; absent for an availability query. */
  readonly thresholdSeconds?: number;
  /** The values of the `service` matchers, without doubles. */
  readonly services: readonly string[];
}

export function readSelection(query: string): Selection {
  const operations = new Set<string>();
  for (const [, value] of query.matchAll(/\boperation=~?"([^"]*)"/g)) {
    for (const operation of value!.split('|')) operations.add(operation);
  }
  const services = new Set([...query.matchAll(/\bservice="([^"]*)"/g)].map(([, value]) => value!));
  const le = /\ble="([^"]*)"/.exec(query)?.[1];
  return {
    operations: [...operations],
    services: [...services],
    ...(le === undefined ? {} : { thresholdSeconds: Number(le) }),
  };
}
