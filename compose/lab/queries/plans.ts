import type { Plan } from './snapshot.ts';

/** Pure: the plans in PostgreSQL's log in JSON, oldest first. */
export function plansIn(log: string, node: string): readonly Plan[] {
  return log
    .split('\n')
    .filter((line) => line.includes('  plan:'))
    .flatMap((line) => planIn(line, node) ?? []);
}

function planIn(line: string, node: string): Plan | undefined {
  let entry: { readonly message?: string; readonly timestamp?: string; readonly query_id?: number | string };
  try {
    // As text: an id of 64 bits has more digits than a number of JavaScript.
    entry = JSON.parse(line.replace(/"query_id":(-?\d+)/, '"query_id":"$1"'));
  } catch {
    return undefined; // a line that is being written
  }
  const [, duration, text] =
    /^duration: ([\d.]+) ms {2}plan:\nQuery Text: [\s\S]*?\n((?:[A-Z][\w ]*)(?: using \S+)?(?: on \S+.*?)? {2}\(cost=[\s\S]*)$/.exec(
      entry.message ?? '',
    ) ?? [];
  if (duration === undefined || text === undefined || entry.timestamp === undefined) return undefined;
  return {
    node,
    queryId: String(entry.query_id ?? ''),
    at: new Date(entry.timestamp.replace(' UTC', 'Z').replace(' ', 'T')).toISOString(),
    durationMs: Number(duration),
    shape: shapeOf(text),
    text,
  };
}

/** Pure: e.g. `Limit > Index Scan customer_order_customer`. */
export function shapeOf(plan: string): string {
  return plan
    .split('\n')
    .flatMap((line) => {
      const [, node, index, table] =
        /^\s*(?:-> {2})?([A-Z][\w ]*?)(?: using (\S+))?(?: on (\S+)(?: \S+)?)? {2}\(cost=/.exec(line) ?? [];
      return node === undefined ? [] : [[node, index ?? table].filter(Boolean).join(' ')];
    })
    .join(' > ');
}
