import type { Plan, Snapshot, Statement } from './snapshot.ts';

interface Counts {
  readonly calls: number;
  readonly totalMs: number;
  readonly rows: number;
  readonly blocks: number;
}

/** One statement since the moment that it is compared with, on all servers together. */
export interface QueryRow extends Counts {
  readonly queryId: string;
  readonly query: string;
  /** Of the time of all statements since then, 0 to 1. */
  readonly share: number;
  readonly meanMs: number;
  readonly callsPerSecond: number;
  /** Calls by server. */
  readonly servers: Readonly<Record<string, number>>;
  /** Up to that moment; `null` when the statement is new, or when it is told from the lab's start. */
  readonly before: {
    readonly calls: number;
    readonly meanMs: number;
    readonly callsPerSecond: number;
  } | null;
  /** Whatever its values are; `null` where it has none, or none without them. */
  readonly planned: {
    readonly shape: string;
    /** As PostgreSQL explains it. */
    readonly text: string;
    /** The shape of before, where it was another one. */
    readonly was: string | null;
  } | null;
  /** Plans of its slow calls since then, the slowest of each shape first. */
  readonly plans: readonly PlanRow[];
}

export interface PlanRow {
  readonly shape: string;
  readonly times: number;
  readonly slowestMs: number;
  /** It has slow calls of before, and none of them was carried out so. */
  readonly isNew: boolean;
  /** The slowest, as PostgreSQL explains it. */
  readonly text: string;
}

export interface QueryReport {
  readonly since: string;
  readonly seconds: number;
  readonly totalMs: number;
  /** Longest first. */
  readonly rows: readonly QueryRow[];
}

const none: Counts = { calls: 0, totalMs: 0, rows: 0, blocks: 0 };
const seconds = (from: string, to: string): number =>
  Math.max(0.001, (Date.parse(to) - Date.parse(from)) / 1000);

/** Pure: what the servers did between two moments; without an earlier one, since the lab's start. */
export function compareSnapshots(now: Snapshot, earlier: Snapshot | undefined): QueryReport {
  const since = earlier?.at ?? now.startedAt;
  const spanSeconds = seconds(since, now.at);
  const ids = [...new Set(now.statements.map(({ queryId }) => queryId))];
  const counted = ids.map((queryId) => {
    const own = now.statements.filter((one) => one.queryId === queryId);
    const parts = own.map((one) => ({ node: one.node, counts: growth(one, before(earlier, one)) }));
    return { queryId, own, parts, all: sum(parts.map(({ counts }) => counts)) };
  });
  const totalMs = counted.reduce((total, { all }) => total + all.totalMs, 0);
  const rows = counted
    .filter(({ all }) => all.calls > 0)
    .map(({ queryId, own, parts, all }): QueryRow => {
      const pastOnes = (earlier?.statements ?? []).filter((one) => one.queryId === queryId);
      const past = sum(pastOnes);
      const called = parts.filter(({ counts }) => counts.calls > 0);
      return {
        queryId,
        query: own[0]?.query ?? '',
        ...all,
        share: totalMs === 0 ? 0 : all.totalMs / totalMs,
        meanMs: all.totalMs / all.calls,
        callsPerSecond: all.calls / spanSeconds,
        servers: Object.fromEntries(called.map(({ node, counts }) => [node, counts.calls])),
        before:
          earlier === undefined || past.calls === 0
            ? null
            : {
                calls: past.calls,
                meanMs: past.totalMs / past.calls,
                callsPerSecond: past.calls / seconds(earlier.startedAt, earlier.at),
              },
        planned: plannedNow(plannedOf(own), plannedOf(pastOnes)),
        plans: planRows(
          now.plans.filter((plan) => plan.queryId === queryId),
          earlier === undefined ? undefined : since,
        ),
      };
    });
  return { since, seconds: spanSeconds, totalMs, rows: rows.toSorted((a, b) => b.totalMs - a.totalMs) };
}

const plannedOf = (own: readonly Statement[]): Statement['planned'] =>
  own.find(({ planned }) => planned !== undefined)?.planned;

function plannedNow(now: Statement['planned'], past: Statement['planned']): QueryRow['planned'] {
  if (now === undefined) return null;
  return { ...now, was: past === undefined || past.shape === now.shape ? null : past.shape };
}

const before = (earlier: Snapshot | undefined, { node, queryId }: Statement): Statement | undefined =>
  earlier?.statements.find((one) => one.node === node && one.queryId === queryId);

/** A server that began anew counts from 0. */
function growth(now: Counts, past: Counts | undefined): Counts {
  if (past === undefined || past.calls > now.calls) return now;
  return {
    calls: now.calls - past.calls,
    totalMs: now.totalMs - past.totalMs,
    rows: now.rows - past.rows,
    blocks: now.blocks - past.blocks,
  };
}

const sum = (all: readonly Counts[]): Counts =>
  all.reduce(
    (total, one) => ({
      calls: total.calls + one.calls,
      totalMs: total.totalMs + one.totalMs,
      rows: total.rows + one.rows,
      blocks: total.blocks + one.blocks,
    }),
    none,
  );

function planRows(plans: readonly Plan[], since: string | undefined): readonly PlanRow[] {
  const isEarlier = ({ at }: Plan): boolean => since !== undefined && at <= since;
  const old = plans.filter(isEarlier);
  const late = plans.filter((plan) => !isEarlier(plan));
  const shapes = [...new Set(late.map(({ shape }) => shape))];
  const rows = shapes.map((shape): PlanRow => {
    const own = late.filter((plan) => plan.shape === shape).toSorted((a, b) => b.durationMs - a.durationMs);
    return {
      shape,
      times: own.length,
      slowestMs: own[0]?.durationMs ?? 0,
      isNew: old.length > 0 && !old.some((plan) => plan.shape === shape),
      text: own[0]?.text ?? '',
    };
  });
  return rows.toSorted((a, b) => b.slowestMs - a.slowestMs);
}
