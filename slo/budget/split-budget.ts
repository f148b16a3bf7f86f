import type { SloEvent } from '../replay/slo-event.ts';

/** Something that was broken on purpose, perhaps several times. */
export interface Cause {
  readonly name: string;
  /** When it was in, and as long after that as what it had caught may still fail; ms. */
  readonly active: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** What users lost from one cause: from its first bad event to recovery. */
export interface BudgetIncident {
  readonly cause: string;
  readonly fromMs: number;
  /** The start of the first of ten consecutive good seconds; absent when the events end before. */
  readonly recoveredMs: number | undefined;
  readonly badEvents: number;
}

/** Every bad event is in exactly one bucket. */
export interface BudgetBuckets {
  /** In the incidents of one cause. */
  readonly incident: number;
  /** In the incidents of several causes at once: nobody can say whose it is. */
  readonly overlap: number;
  /** Before the first cause. */
  readonly control: number;
  /** Any other: in no incident. */
  readonly background: number;
}

export interface BudgetSplit {
  readonly buckets: BudgetBuckets;
  /** In the order in which they began. */
  readonly incidents: readonly BudgetIncident[];
}

const recoverySeconds = 10;

interface Span {
  readonly cause: string;
  readonly fromMs: number;
  readonly recoveredMs: number | undefined;
}

/**
 * Pure: whose the bad events of one SLO were. An incident begins with the first bad event while its cause is in and ends
 * with recovery; what fails later, while the same cause is still in, begins another.
 * A second is good when nothing in it was bad; ten empty ones prove nothing, so one of the ten must have served somebody.
 */
export function splitBudget(events: readonly SloEvent[], causes: readonly Cause[]): BudgetSplit {
  const bad = events
    .filter((event) => event.outcome === 'bad')
    .map((event) => event.timeMs)
    .sort((a, b) => a - b);
  const served = events
    .filter((event) => event.outcome === 'good')
    .map((event) => event.timeMs)
    .sort((a, b) => a - b);
  const spans = causes
    .flatMap((cause) => spansOf(cause, bad, served))
    .sort((a, b) => a.fromMs - b.fromMs || (a.cause < b.cause ? -1 : 1));
  const firstMs = Math.min(...causes.flatMap(({ active }) => active.map(({ fromMs }) => fromMs)));
  const buckets = { incident: 0, overlap: 0, control: 0, background: 0 };
  for (const ms of bad) {
    const owners = new Set(spans.filter((span) => holds(span, ms)).map(({ cause }) => cause)).size;
    if (owners > 0) buckets[owners === 1 ? 'incident' : 'overlap'] += 1;
    else buckets[ms < firstMs ? 'control' : 'background'] += 1;
  }
  const incidents = spans.map((span) => ({ ...span, badEvents: bad.filter((ms) => holds(span, ms)).length }));
  return { buckets, incidents };
}

const holds = ({ fromMs, recoveredMs = Infinity }: Span, ms: number): boolean =>
  ms >= fromMs && ms < recoveredMs;

function spansOf(
  { name, active }: Cause,
  bad: readonly number[],
  served: readonly number[],
): readonly Span[] {
  const spans: Span[] = [];
  for (const ms of bad) {
    if (!active.some(({ fromMs, toMs }) => ms >= fromMs && ms <= toMs)) continue;
    const last = spans.at(-1);
    if (last !== undefined && holds(last, ms)) continue;
    spans.push({ cause: name, fromMs: ms, recoveredMs: recoveryAfter(ms, bad, served) });
  }
  return spans;
}

const secondOf = (ms: number): number => Math.floor(ms / 1000);

/** @param fromMs a bad event's. */
function recoveryAfter(
  fromMs: number,
  bad: readonly number[],
  served: readonly number[],
): number | undefined {
  const lastSecond = Math.max(secondOf(bad.at(-1) ?? 0), secondOf(served.at(-1) ?? 0));
  const badSeconds = [...new Set(bad.map(secondOf))].filter((second) => second >= secondOf(fromMs));
  for (const [index, second] of badSeconds.entries()) {
    const from = second + 1;
    const next = badSeconds[index + 1] ?? lastSecond + 1;
    // Within a long calm the ten may begin later: an outage that nobody asked into is no recovery.
    const first = served.find((ms) => secondOf(ms) >= from && secondOf(ms) < next);
    if (first === undefined) continue;
    const start = Math.max(from, secondOf(first) - recoverySeconds + 1);
    if (start + recoverySeconds <= next) return start * 1000;
  }
  return undefined;
}
