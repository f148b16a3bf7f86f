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

interface PlanNode {
  readonly depth: number;
  readonly label: string;
  readonly children: PlanNode[];
}

/**
 * Pure: e.g. `Limit > Index Scan customer_order_customer`. What is done alike to several partitions is told once, without which: there
 * are ever more of them.
 */
export function shapeOf(plan: string): string {
  const root: PlanNode = { depth: -1, label: '', children: [] };
  const above = [root];
  for (const line of plan.split('\n')) {
    const [, indent = '', node, index, table] =
      /^(\s*)(?:-> {2})?([A-Z][\w ]*?)(?: using (\S+))?(?: on (\S+)(?: \S+)?)? {2}\(cost=/.exec(line) ?? [];
    if (node === undefined) continue;
    const label = [node, (index ?? table)?.replace(partition, '')].filter(Boolean).join(' ');
    while (above.at(-1)!.depth >= indent.length) above.pop();
    const found = { depth: indent.length, label, children: [] };
    above.at(-1)!.children.push(found);
    above.push(found);
  }
  return root.children.map(textOf).join(' > ');
}

/** As the shop names them. */
const partition = /_(?:\d{8}t\d{6}|before)(?=_|$)/;

function textOf({ label, children }: PlanNode): string {
  const below = children.map(textOf);
  return [label, ...(label.endsWith('Append') ? new Set(below) : below)].join(' > ');
}
