import type { JournalEvent, Plan } from '../journal/event.ts';

/** From the first effect of a planned fault to the last undo of it; ms since the epoch. */
export interface FaultSpan {
  /** The plan's. */
  readonly id: string;
  readonly fault: string;
  readonly label: string;
  readonly colour: string;
  readonly fromMs: number;
  /** Absent when it was never healed. */
  readonly toMs: number | undefined;
}

/** When things happened, ms since the epoch; absent when they did not. */
export interface RunTimes {
  readonly plannedMs: number;
  /** The end of the made-up quiet history, where nothing but it came before this run; absent for a lab that was there already. */
  readonly historyToMs: number | undefined;
  readonly loadFromMs: number | undefined;
  readonly loadToMs: number | undefined;
  /** The first effect's call, so that nothing it causes comes before it. */
  readonly injectedMs: number | undefined;
  /** The last undo's return. */
  readonly healedMs: number | undefined;
  readonly settledMs: number | undefined;
  /** The operator's last lever before the heal had done its work. */
  readonly mitigatedMs: number | undefined;
  /** Whoever answered the run came to the end of what they do, before the heal. */
  readonly answeredMs: number | undefined;
  /** The journal's last event. */
  readonly endMs: number;
  readonly faults: readonly FaultSpan[];
}

/** Pure: the run's times from its journal. */
export function runTimes(events: readonly JournalEvent[], plan: Plan): RunTimes {
  const stopped = events.find((event) => event.type === 'load-stopped');
  const started = events.find((event) => event.type === 'load-started');
  const settle = events.findIndex((event) => event.type === 'phase' && event.phase === 'settle');
  const settled =
    settle === -1 ? undefined : events.slice(settle + 1).find((event) => event.type === 'phase');
  const ready = events.find((event) => event.type === 'lab-ready');
  const historyTo = ready?.started === true ? ready.startedAt : undefined;
  const applied = events.filter((event) => event.type === 'applied').map(appliedAt);
  const healed = events.filter((event) => event.type === 'healed').map((event) => timeOf(event));
  const lastHeal = healed.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...healed);
  // What is pulled after the heal takes something back, and mends nothing.
  const mitigated = events.findLast(
    (event) => event.type === 'operator' && event.state === 'done' && timeOf(event) <= lastHeal,
  );
  const answered = events.findLast((event) => event.type === 'answered' && timeOf(event) <= lastHeal);
  return {
    plannedMs: timeOf(events[0]!),
    historyToMs: historyTo === undefined ? undefined : Date.parse(historyTo),
    loadFromMs: started?.startedAtMs,
    loadToMs: stopped === undefined ? undefined : timeOf(stopped),
    injectedMs: applied.length === 0 ? undefined : Math.min(...applied),
    healedMs: healed.length === 0 ? undefined : lastHeal,
    settledMs: settled === undefined ? undefined : timeOf(settled),
    mitigatedMs: mitigated === undefined ? undefined : timeOf(mitigated),
    answeredMs: answered === undefined ? undefined : timeOf(answered),
    endMs: timeOf(events.at(-1)!),
    faults: plan.faults.flatMap((fault) => spanOf(fault, events)),
  };
}

/** Milliseconds since the epoch. */
export function timeOf(event: { readonly at: string }): number {
  return Date.parse(event.at);
}

function appliedAt(event: { readonly at: string; readonly tookMs: number }): number {
  return timeOf(event) - event.tookMs;
}

function spanOf(fault: Plan['faults'][number], events: readonly JournalEvent[]): FaultSpan[] {
  const fromMs = Math.min(
    ...events.flatMap((event) =>
      event.type === 'applied' && event.fault === fault.id ? [appliedAt(event)] : [],
    ),
  );
  if (!Number.isFinite(fromMs)) return [];
  // The same place may be broken again later: its first heal is this fault's.
  const undos = new Set(fault.effects.map((effect) => JSON.stringify(effect.undo)));
  const healed = [...undos].flatMap((undo) => {
    const first = events.find(
      (event) => event.type === 'healed' && JSON.stringify(event.undo) === undo && timeOf(event) >= fromMs,
    );
    return first === undefined ? [] : [timeOf(first)];
  });
  return [
    {
      id: fault.id,
      fault: fault.fault,
      label: fault.label,
      colour: fault.colour,
      fromMs,
      toMs: healed.length === 0 ? undefined : Math.max(...healed),
    },
  ];
}
