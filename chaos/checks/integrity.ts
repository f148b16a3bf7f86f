import { z } from 'zod';
import type { Check } from '../report/verdict.ts';
import type { AuditSnapshot, StateMachine } from '../target.ts';
import { afterBaseline } from './integrity/baseline.ts';
import { historyOf } from './integrity/history.ts';
import { type Finding, type InvariantResult, verdictOf } from './integrity/invariant.ts';
import { checkInvariants } from './integrity/invariants.ts';
import { eventsOf, type Run } from './run.ts';

/** Violations quoted in verdict.json; the rest are counted. */
const quoted = 10;

/** What the clients were told, and what became of it. */
export interface OrderCounts {
  readonly acknowledged: number;
  /** Acknowledged orders that are not in the books. */
  readonly lost: number;
  /** Keys with more than one order or capture. */
  readonly duplicated: number;
  /** Keys whose outcome the clients never learnt. */
  readonly unknown: number;
}

export interface Integrity {
  readonly results: readonly InvariantResult[];
  readonly orders: OrderCounts;
  /** Why the books cannot be held against the ledger. */
  readonly problem: string | undefined;
  readonly settled: boolean;
}

const booksSchema = z.object({
  states: z.object({
    initial: z.array(z.string()),
    next: z.record(z.string(), z.array(z.string())),
    terminal: z.array(z.string()),
    paid: z.array(z.string()),
  }),
  snapshot: z.object({
    orders: z.array(z.unknown()),
    transitions: z.array(z.unknown()),
    events: z.array(z.unknown()),
    stock: z.array(z.unknown()),
    keys: z.array(z.unknown()),
    payments: z.array(z.unknown()),
  }),
});

/** Holds the ledger against the audit that was read after the heal. */
export function integrityOf(run: Run): Integrity {
  const settled = isSettled(run);
  const counts = countsOf(run, undefined);
  const problem = (what: string): Integrity => ({ results: [], orders: counts, problem: what, settled });
  if (run.operations.length === 0) return problem('the ledger is empty or could not be read');
  const piece = run.evidence.get('audit');
  if (piece === undefined) return problem('the books were not read (evidence/audit.json is missing)');
  const books = booksSchema.safeParse(piece.answer);
  if (!books.success)
    return problem(`the books were not read: ${piece.problem ?? 'audit.json does not have its shape'}`);
  const states: StateMachine = books.data.states;
  const before = booksSchema.safeParse(run.evidence.get('audit-before')?.answer);
  // The rows come from our own audit; only their frame is checked, since there may be a million.
  const audit = afterBaseline(
    books.data.snapshot as unknown as AuditSnapshot,
    before.success ? (before.data.snapshot as unknown as AuditSnapshot) : undefined,
  );
  const results = checkInvariants(run.operations, audit, states, settled);
  return { results, orders: countsOf(run, audit), problem: undefined, settled };
}

/** One check per invariant. */
export function checkIntegrity(integrity: Integrity): readonly Check[] {
  if (integrity.problem !== undefined) {
    const summary = `No promise could be checked: ${integrity.problem}.`;
    return [{ name: 'integrity', verdict: 'inconclusive', summary, evidence: [] }];
  }
  return integrity.results.map((result) => {
    const findings = [...result.violations, ...result.unresolved];
    return {
      name: `integrity-${String(result.invariant).padStart(2, '0')}`,
      verdict: verdictOf(result),
      summary: summaryOf(result),
      evidence: ['ledger.jsonl', 'evidence/audit.json', ...quote(findings)],
    };
  });
}

function summaryOf(result: InvariantResult): string {
  const promise = `${result.promise[0]!.toUpperCase()}${result.promise.slice(1)}`;
  const { violations, unresolved, examined } = result;
  if (violations.length > 0)
    return `${violations.length} violations of: ${result.promise}. First: ${violations[0]!.message}.`;
  if (unresolved.length > 0)
    return `${unresolved.length} of ${examined} are unresolved: ${unresolved[0]!.message}.`;
  return `${promise}: held for all ${examined}.`;
}

function quote(findings: readonly Finding[]): string[] {
  const shown = findings.slice(0, quoted).map((finding) => finding.message);
  return findings.length > quoted ? [...shown, `and ${findings.length - quoted} more`] : shown;
}

/** The settling ended by itself, and the books were read after it. */
function isSettled(run: Run): boolean {
  // After an abort nobody waits for orders that are under way.
  const aborted = eventsOf(run, 'abort').length > 0;
  const failed = eventsOf(run, 'problem').some((problem) => problem.code === 'settle-timeout');
  return run.times.settledMs !== undefined && !aborted && !failed;
}

function countsOf(run: Run, audit: AuditSnapshot | undefined): OrderCounts {
  const counts = { acknowledged: 0, lost: 0, duplicated: 0, unknown: 0 };
  const ordersByKey = new Map<string, number>();
  const captures = new Map<string, number>();
  for (const order of audit?.orders ?? []) {
    const name = `${order.customer} ${order.key}`;
    ordersByKey.set(name, (ordersByKey.get(name) ?? 0) + 1);
  }
  for (const { orderId, operation, result } of audit?.payments ?? []) {
    if (operation === 'capture' && result === 'accepted')
      captures.set(orderId, (captures.get(orderId) ?? 0) + 1);
  }
  for (const [name, checkout] of historyOf(run.operations).checkouts) {
    const orders = ordersByKey.get(name) ?? 0;
    const acknowledged = checkout.acknowledged !== undefined;
    if (acknowledged) counts.acknowledged += 1;
    if (checkout.unknown) counts.unknown += 1;
    if (audit !== undefined && acknowledged && orders === 0) counts.lost += 1;
    if (orders > 1) counts.duplicated += 1;
  }
  for (const count of captures.values()) if (count > 1) counts.duplicated += 1;
  return counts;
}
