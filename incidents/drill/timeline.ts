import { causes } from './cause.ts';
import { begunOf, type DrillEvent, type DrillKey, eventsOf, type Seen } from './event.ts';
import { practisedMs } from './hurt-seconds.ts';
import { pulls } from './levers.ts';

/** What happened, or should have. */
export interface Moment {
  /** Since the page; before it, or without one, since the injection or the begin; ms. */
  readonly ms: number;
  readonly text: string;
}

/** Pure: where the clock of a debrief begins. */
export const zeroOf = (events: readonly DrillEvent[], seen: Seen): string =>
  seen.pagedAt ?? seen.injectedAt ?? begunOf(events).at;

/** Pure: what was done, and what happened meanwhile. */
export function playedTimeline(events: readonly DrillEvent[], seen: Seen): readonly Moment[] {
  const zeroMs = Date.parse(zeroOf(events, seen));
  const at = (time: string | null | undefined, text: string): readonly Moment[] =>
    time == null ? [] : [{ ms: Date.parse(time) - zeroMs, text }];
  const moments = [
    ...at(seen.injectedAt, 'it breaks'),
    ...at(seen.pagedAt, `page ${seen.pages.join(', ')}`),
    ...at(seen.acknowledgedAt, `${seen.acknowledgedBy} acknowledges`),
    ...at(seen.escalatedAt, 'somebody else is called'),
    ...eventsOf(events, 'hinted').flatMap((event) => at(event.at, `hint ${event.number} for ${event.by}`)),
    ...eventsOf(events, 'diagnosed').flatMap((event) =>
      at(event.at, `${event.by} says ${event.component}: ${causes[event.cause]}`),
    ),
    ...pulls(events).flatMap(({ words, state, beganAt, endedAt }) =>
      at(endedAt ?? beganAt, `pnpm lab ${words}: ${state}`),
    ),
    ...eventsOf(events, 'resolved').flatMap((event) => at(event.at, `${event.by} says that it is over`)),
    ...at(seen.healedAt, 'the drill heals it'),
  ];
  return moments.toSorted((a, b) => a.ms - b.ms);
}

/** When a practised team is so far, after the page, ms: a yardstick that was set, not measured on anybody. */
const practised = { acknowledges: 10_000, diagnoses: 40_000, acts: practisedMs, ends: 80_000 } as const;

/** Pure: what a practised team does. */
export function idealTimeline(
  { answers, levers, outcome }: DrillKey,
  pages: readonly string[],
): readonly Moment[] {
  if (outcome === 'left-alone')
    return [{ ms: 0, text: 'looks, finds nothing, changes nothing, and says so' }];
  return [
    { ms: 0, text: `page ${pages.join(', ')}` },
    { ms: practised.acknowledges, text: 'acknowledges' },
    ...answers.map(({ components, causes: names }) => ({
      ms: practised.diagnoses,
      text: `says ${components[0]}: ${names[0] === undefined ? '' : causes[names[0]]}`,
    })),
    ...levers.map((words) => ({ ms: practised.acts, text: `pnpm lab ${words}` })),
    ...(outcome === 'handed-over' ? [{ ms: practised.acts, text: 'calls whoever can help' }] : []),
    { ms: practised.ends, text: 'sees that the users are served, and says that it is over' },
  ].map((moment, index, all) =>
    outcome === 'handed-over' && index === all.length - 1
      ? { ...moment, text: 'says that it is handed over' }
      : moment,
  );
}
