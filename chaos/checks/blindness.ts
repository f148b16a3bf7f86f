import { heartbeatMs, logRulesMs } from '@firedrill/alerts';
import { median } from '@firedrill/slo';
import { type Series, seriesOf } from '../evidence/prometheus-samples.ts';
import type { Blindness } from '../journal/event.ts';
import { eventsOf, type Run } from './run.ts';
import { timeOf } from './run-times.ts';

/** A stretch of the load in which nobody would have been told of something. Ms since the epoch. */
export interface BlindSpan {
  readonly by: Blindness;
  /** What was not heard or seen: nodes where scrapes failed. */
  readonly what: readonly string[];
  /** Whether the SLOs' pages could not have come. */
  readonly pages: boolean;
  /** Last heard or seen. */
  readonly fromMs: number;
  /** Heard or seen again; `undefined`: not in this run. */
  readonly toMs: number | undefined;
}

/** Five heartbeats, three evaluations: what is silent for longer may have missed an alert. */
const silenceMs: Readonly<Record<'heartbeat' | 'log-rules', number>> = {
  heartbeat: 5 * heartbeatMs,
  'log-rules': 3 * logRulesMs,
};
/** A target may be unseen as long as ComponentDown waits after its last scrape, and one that is seldom scraped may miss two. */
const unseenMs = (intervalMs: number): number => Math.max(intervalMs + 5000, 3 * intervalMs);

const known = new WeakMap<Run, readonly BlindSpan[]>();

/** Every stretch in which a watcher saw nothing, in their order, as far as it was looked at: see {@link notLookedAt}. */
export function blindSpans(run: Run): readonly BlindSpan[] {
  const made = known.get(run) ?? find(run);
  known.set(run, made);
  return made;
}

/** Whether there was a time in which no page of an SLO could have come, or nothing shows that there was none. */
export const wasBlindToUsers = (run: Run): boolean =>
  notLookedAt(run).some((by) => by !== 'log-rules') || blindSpans(run).some(({ pages }) => pages);

/** How long no page of an SLO could have come, ms: by whatever that shows, each moment once. */
export function blindToUsersMs(run: Run): number {
  let untilMs = Number.NEGATIVE_INFINITY;
  return blindSpans(run)
    .filter(({ pages }) => pages)
    .reduce((sum, { fromMs, toMs = run.times.endMs }) => {
      const newMs = Math.max(0, toMs - Math.max(fromMs, untilMs));
      untilMs = Math.max(untilMs, toMs);
      return sum + newMs;
    }, 0);
}

/** Whether a page that "resolved" then may have done so only because nobody said any more that it fires. */
export const isBlindAt = (run: Run, ms: number): boolean =>
  blindSpans(run).some(({ pages, fromMs, toMs = Infinity }) => pages && fromMs < ms && ms < toMs);

/** What of the watchers nobody looked at. */
export function notLookedAt(run: Run): readonly Blindness[] {
  return [
    ...(heard(run, 'heartbeat').some(({ lastMs }) => lastMs !== undefined) ? [] : ['heartbeat' as const]),
    // Without the users' own nothing shows that the SLOs could have paged.
    ...(targetsOf(run).some(({ isClient }) => isClient) ? [] : ['scrapes' as const]),
    ...(heard(run, 'log-rules').some(({ lastMs }) => lastMs !== undefined) ? [] : ['log-rules' as const]),
  ];
}

function find(run: Run): readonly BlindSpan[] {
  const silent = (['heartbeat', 'log-rules'] as const).flatMap((by) =>
    gaps(heard(run, by), silenceMs[by], run).map(
      (gap): BlindSpan => ({ by, what: [], pages: by === 'heartbeat', ...gap }),
    ),
  );
  const unseen = targetsOf(run).flatMap(({ name, isClient, seen, intervalMs }) =>
    gaps(seen, unseenMs(intervalMs), run).map(
      (gap): BlindSpan => ({ by: 'scrapes', what: [name], pages: isClient, ...gap }),
    ),
  );
  return [...silent, ...together(unseen)].sort((a, b) => a.fromMs - b.fromMs);
}

interface Look {
  readonly atMs: number;
  /** When the thing looked at was last heard. */
  readonly lastMs: number | undefined;
}

function heard(run: Run, by: 'heartbeat' | 'log-rules'): readonly Look[] {
  const parsed = (at: string | null): number | undefined => (at === null ? undefined : Date.parse(at));
  return by === 'heartbeat'
    ? eventsOf(run, 'watchdog').map((event) => ({
        atMs: timeOf(event),
        lastMs: parsed(event.lastHeartbeatAt),
      }))
    : eventsOf(run, 'log-rules').map((event) => ({
        atMs: timeOf(event),
        lastMs: parsed(event.lastEvaluationAt),
      }));
}

type Gap = Pick<BlindSpan, 'fromMs' | 'toMs'>;

/** The stretches of the load in which a thing was unheard for longer than allowed. */
function gaps(looks: readonly Look[], allowedMs: number, run: Run): readonly Gap[] {
  const { loadFromMs, loadToMs = run.times.endMs } = run.times;
  if (loadFromMs === undefined) return [];
  const times = [...new Set(looks.flatMap(({ lastMs }) => lastMs ?? []))].sort((a, b) => a - b);
  // Before it was heard for the first time it was unheard: since somebody listened, or since the load began.
  const all = [Math.min(loadFromMs, looks[0]?.atMs ?? loadFromMs, times[0] ?? loadFromMs), ...times];
  return all.flatMap((fromMs, index): Gap[] => {
    const toMs = all[index + 1];
    const isLong = Math.min(toMs ?? loadToMs, loadToMs) - Math.max(fromMs, loadFromMs) > allowedMs;
    return isLong ? [{ fromMs, toMs }] : [];
  });
}

interface Target {
  readonly name: string;
  readonly isClient: boolean;
  readonly seen: readonly Look[];
  readonly intervalMs: number;
}

/**
 * All that Prometheus scrapes but what a fault itself broke: a dead target that is not scraped is no blindness, it is what there
 * was to see.
 */
function targetsOf(run: Run): readonly Target[] {
  const broken = new Set(run.plan.faults.flatMap(({ nodes }) => nodes));
  return seriesOf(run.evidence.get('prometheus-up'))
    .filter(({ metric }) => !broken.has(metric['instance'] ?? ''))
    .map(({ metric, samples }) => ({
      name: metric['job'] === 'probe' ? `probe of ${metric['instance']}` : (metric['instance'] ?? '?'),
      isClient: metric['job'] === 'client',
      seen: samples.map(([ms, value]) => ({ atMs: ms, lastMs: value === 1 ? ms : undefined })),
      intervalMs: intervalOf(samples),
    }));
}

/** The median of what lies between two scrapes. */
function intervalOf(samples: Series['samples']): number {
  const between = samples.slice(1).map(([ms], index) => ms - (samples[index]?.[0] ?? ms));
  return median(between) ?? 0;
}

/** Targets that were unseen at one time are one stretch; the users' own, whose absence keeps pages back, beside it. */
function together(spans: readonly BlindSpan[]): readonly BlindSpan[] {
  const made: BlindSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const index = made.findIndex(
      ({ pages, toMs }) => pages === span.pages && (toMs === undefined || span.fromMs < toMs),
    );
    const last = made[index];
    if (last === undefined) {
      made.push(span);
      continue;
    }
    const toMs =
      last.toMs === undefined || span.toMs === undefined ? undefined : Math.max(last.toMs, span.toMs);
    made[index] = { ...last, what: [...new Set([...last.what, ...span.what])].sort(), toMs };
  }
  return made;
}
