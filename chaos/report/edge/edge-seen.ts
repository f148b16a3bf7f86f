import { sloCatalogue } from '@firedrill/slo';
import { z } from 'zod';
import type { Run } from '../../checks/run.ts';
import type { Piece } from '../../evidence/piece.ts';
import { seriesOf } from '../../evidence/prometheus-samples.ts';
import type { Operation } from '../../ledger/operations.ts';
import { type Answers, answersBetween, answersToUsers, minus, noAnswers } from './answers.ts';

/** The load balancer's view beside the users', over the load and the settling. */
export interface EdgeSeen {
  readonly users: Answers;
  /** Without the readiness probes. */
  readonly edge: Answers;
  /** Each API's answers as the edge counted them, probes included. */
  readonly servers: ReadonlyMap<string, Answers>;
  /** The edge's own answers: nobody behind it gave them. */
  readonly own: Answers;
  readonly probes: number | undefined;
  /** Why requests of users ended without an answer: `timeout`, `ECONNREFUSED` …, by number. */
  readonly unanswered: readonly (readonly [string, number])[];
  /** Good answers that were too late for their latency SLO. */
  readonly late: number;
}

/** Pure. `undefined` where the load balancer could not be asked. */
export function edgeSeen(run: Run): EdgeSeen | undefined {
  const fromMs = run.times.loadFromMs;
  const frontend = seriesOf(run.evidence.get('prometheus-edge-responses'));
  if (fromMs === undefined || frontend.length === 0) return undefined;
  const probes = probesOf(run.evidence.get('prometheus-edge-probes'));
  const all = answersBetween(frontend, fromMs, Infinity);
  const byServer = seriesOf(run.evidence.get('prometheus-edge-server-responses'));
  const names = [...new Set(byServer.map(({ metric }) => metric['server'] ?? ''))].sort();
  const servers = new Map(
    names.map((name) => {
      const own = byServer.filter(({ metric }) => metric['server'] === name);
      return [name, answersBetween(own, fromMs, Infinity)];
    }),
  );
  return {
    users: answersToUsers(run.operations),
    edge: minus(all, probes?.answers ?? noAnswers),
    servers,
    own: [...servers.values()].reduce(minus, all),
    probes: probes?.count,
    unanswered: reasons(run.operations),
    late: lateAnswers(run),
  };
}

const probesSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.object({ answer: z.string() }), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

function probesOf(piece: Piece | undefined): { answers: Answers; count: number } | undefined {
  const parsed = probesSchema.safeParse(piece?.answer);
  if (!parsed.success || parsed.data.data.result.length === 0) return undefined;
  const of = (answer: string): number =>
    Number(parsed.data.data.result.find(({ metric }) => metric.answer === answer)?.value[1] ?? 0);
  const [ready, not] = [of('ready'), of('not ready')];
  return { answers: { ...noAnswers, answered: ready, failed: not }, count: ready + not };
}

function reasons(operations: readonly Operation[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { result } of operations) {
    if (result?.status !== undefined) continue;
    const why = result?.code ?? 'still open when the run ended';
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function lateAnswers({ operations, plan }: Run): number {
  const limits = sloCatalogue(plan.level).flatMap(({ operations: names, thresholdSeconds }) =>
    thresholdSeconds === undefined ? [] : names.map((name) => [name, thresholdSeconds * 1000] as const),
  );
  const limitOf = new Map(limits);
  return operations.filter(
    ({ invoke, result }) =>
      invoke.retryOf === undefined &&
      result?.sli === 'good' &&
      result.latencyMs > (limitOf.get(invoke.operation) ?? Infinity),
  ).length;
}
