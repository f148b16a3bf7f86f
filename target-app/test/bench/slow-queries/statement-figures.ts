/** How one statement was executed, as pg_stat_statements and auto_explain saw it. */
export interface StatementFigures {
  readonly calls: number;
  readonly meanMs: number;
  /** Shared buffers looked at per call. */
  readonly blocks: number;
  /** What was read how, e.g. `Seq Scan on review`. */
  readonly scans: readonly string[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Pure: the leaves and the sorts of a plan, each once. */
export function scansOf(node: PlanNode): readonly string[] {
  const name = node['Node Type'];
  const relation = node['Index Name'] ?? node['Relation Name'];
  const own = /Scan/.test(name) && relation !== undefined ? [`${name} ${relation}`] : [];
  const sort = name === 'Sort' ? ['Sort'] : [];
  return [...new Set([...own, ...sort, ...(node.Plans ?? []).flatMap(scansOf)])];
}

/** Pure: the plans in a PostgreSQL log in JSON, by the text of their statement; of several that which took longest. */
export function plansOf(log: string): ReadonlyMap<string, readonly string[]> {
  const slowest = new Map<string, { readonly ms: number; readonly scans: readonly string[] }>();
  for (const line of log.split('\n').filter((text) => text.includes('plan:'))) {
    const { message } = JSON.parse(line) as { message: string };
    const ms = Number(/^duration: ([\d.]+) ms/.exec(message)?.[1]);
    const { 'Query Text': text, Plan: plan } = JSON.parse(message.slice(message.indexOf('{'))) as {
      'Query Text': string;
      Plan: PlanNode;
    };
    const name = normal(text);
    if (ms > (slowest.get(name)?.ms ?? -1)) slowest.set(name, { ms, scans: scansOf(plan) });
  }
  return new Map([...slowest].map(([name, { scans }]) => [name, scans]));
}

/** The log has a statement as it was sent; pg_stat_statements puts a parameter in the place of every constant. */
export const normal = (sql: string): string =>
  sql
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\bextract\(\S+ from/gi, 'extract(? from')
    .replaceAll(/\$\d+|'[^']*'|\b\d+\b/g, '?')
    .trim();
