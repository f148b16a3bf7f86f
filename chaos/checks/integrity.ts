import { z } from 'zod';
import { type DivergenceRecord, divergencesOf } from '../evidence/divergences-piece.ts';
import { promotionsOf } from '../evidence/promotions-piece.ts';
import type { Check, Verdict } from '../report/verdict.ts';
import type { AuditSnapshot, StateMachine } from '../target.ts';
import { afterBaseline } from './integrity/baseline.ts';
import { type OrderCounts, orderCounts } from './integrity/counts.ts';
import type { Finding } from './integrity/finding.ts';
import { type History, historyOf } from './integrity/history.ts';
import { type InvariantResult, verdictOf } from './integrity/invariant.ts';
import { checkInvariants } from './integrity/invariants.ts';
import type { Promotion } from './integrity/promotions.ts';
import { eventsOf, type Run } from './run.ts';

/** Violations quoted in verdict.json; the rest are counted. */
const quoted = 10;

export interface Integrity {
  readonly results: readonly InvariantResult[];
  readonly orders: OrderCounts;
  /** Acknowledged writes that a promotion took, as the level admits; each is named. */
  readonly lostInPromise: readonly Finding[];
  /** Reads that a replica answered with what its customer knew to be past, as the level admits. */
  readonly staleReads: readonly Finding[];
  readonly promotions: readonly Promotion[];
  /** What former primaries had alone, and lost. */
  readonly divergences: readonly DivergenceRecord[];
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
    returns: z.array(z.unknown()),
    projection: z.array(z.unknown()),
    reviews: z.array(z.unknown()),
  }),
});

/** Holds the ledger against the audit that was read after the heal. */
export function integrityOf(run: Run): Integrity {
  const settled = isSettled(run);
  const promotions = promotionsOf(run.evidence.get('promotions'), run.times.plannedMs);
  const divergences = divergencesOf(run.evidence.get('divergences'), run.times.plannedMs);
  const without = (history: History, problem: string): Integrity => ({
    results: [],
    orders: orderCounts(history, undefined, undefined),
    lostInPromise: [],
    staleReads: [],
    promotions,
    divergences: divergences ?? [],
    problem,
    settled,
  });
  const unread = (problem: string) => without(historyOf(run.operations), problem);
  if (run.operations.length === 0) return unread('the ledger is empty or could not be read');
  const piece = run.evidence.get('audit');
  if (piece === undefined) return unread('the books were not read (evidence/audit.json is missing)');
  const books = booksSchema.safeParse(piece.answer);
  if (!books.success)
    return unread(`the books were not read: ${piece.problem ?? 'audit.json does not have its shape'}`);
  const states: StateMachine = books.data.states;
  const before = booksSchema.safeParse(run.evidence.get('audit-before')?.answer);
  // The rows come from our own audit; only their frame is checked, since there may be a million.
  const { audit, earlier } = afterBaseline(
    books.data.snapshot as unknown as AuditSnapshot,
    before.success ? (before.data.snapshot as unknown as AuditSnapshot) : undefined,
    states,
  );
  const { level } = run.plan;
  const { operations } = run;
  const checked = checkInvariants({
    operations,
    audit,
    states,
    settled,
    level,
    promotions,
    divergences: divergences ?? [notListed],
    earlier,
  });
  return {
    results: checked.results,
    orders: orderCounts(checked.history, checked.books, checked.losses),
    lostInPromise: checked.losses.findings,
    staleReads: checked.results.find((result) => result.invariant === 10)?.admitted ?? [],
    promotions,
    divergences: divergences ?? [],
    problem: undefined,
    settled,
  };
}

const notListed: DivergenceRecord = {
  node: 'an old primary',
  commits: 0,
  answers: [],
  problem: 'evidence/divergences.json is missing or has not its shape',
};

/** One check per invariant, and one for what promotions took. */
export function checkIntegrity(integrity: Integrity): readonly Check[] {
  if (integrity.problem !== undefined) {
    const summary = `No promise could be checked: ${integrity.problem}.`;
    return [{ name: 'integrity', verdict: 'inconclusive', summary, evidence: [] }];
  }
  const checks = integrity.results.map((result): Check => {
    const findings = [...result.violations, ...result.unresolved];
    return {
      name: `integrity-${String(result.invariant).padStart(2, '0')}`,
      verdict: verdictOf(result),
      summary: summaryOf(result),
      evidence: ['ledger.jsonl', 'evidence/audit.json', ...quote(findings)],
    };
  });
  return integrity.promotions.length === 0 ? checks : [...checks, lostInPromise(integrity)];
}

/** The same as figures, for verdict.json. */
export function integrityFigures({ results, lostInPromise, staleReads }: Integrity): Verdict['integrity'] {
  return {
    invariants: results.map((result) => ({
      invariant: result.invariant,
      promise: result.promise,
      verdict: verdictOf(result),
      examined: result.examined,
      violations: result.violations.length,
      unresolved: result.unresolved.length,
      admitted: result.admitted.length,
    })),
    lostInPromise: lostInPromise.length,
    staleReads: staleReads.length,
  };
}

/** Never a failure of its own: what is not within the promise is a violation of its invariant. */
function lostInPromise({ lostInPromise, promotions, orders }: Integrity): Check {
  const by = promotions.map(({ to, lastReplayedAt }) =>
    lastReplayedAt === undefined
      ? `${to}, with no loss within the promise`
      : `${to}, which had replayed until ${lastReplayedAt}`,
  );
  return {
    name: 'integrity-lost-in-promise',
    verdict: 'pass',
    summary: `${lostInPromise.length} acknowledged writes were lost within the promise, ${orders.lost} of ${orders.acknowledged} orders outside it; promoted: ${by.join('; ')}.`,
    evidence: ['evidence/promotions.json', ...quote(lostInPromise)],
  };
}

function summaryOf(result: InvariantResult): string {
  const promise = `${result.promise[0]!.toUpperCase()}${result.promise.slice(1)}`;
  const { violations, unresolved, examined, admitted } = result;
  if (violations.length > 0)
    return `${violations.length} violations of: ${result.promise}. First: ${violations[0]!.message}.`;
  if (unresolved.length > 0)
    return `${unresolved.length} of ${examined} are unresolved: ${unresolved[0]!.message}.`;
  const but = admitted.length === 0 ? '' : ` but ${admitted.length}, which this level admits`;
  return `${promise}: held for all ${examined}${but}.`;
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
