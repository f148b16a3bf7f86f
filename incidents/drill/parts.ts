import { noComponent } from './cause.ts';
import { type DrillEvent, type DrillKey, eventsOf, type Seen } from './event.ts';
import { isRightLever, pulls, pullsInTime } from './levers.ts';
import { isReached, servedBelow } from './reached.ts';

/** A share of the whole. */
export interface Part {
  readonly name:
    | 'detect'
    | 'acknowledge'
    | 'component'
    | 'cause'
    | 'mitigate'
    | 'resolve'
    | 'budget'
    | 'orders';
  readonly points: number;
  /** What it could have been. */
  readonly of: number;
  /** With the figure that it hangs on. */
  readonly why: string;
}

/** What a decision could have saved must be worth a figure, bad events. */
const leastAtStake = 10;

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

/** 1 until `fullMs`, 0 from `noneMs` on, a straight line between. */
const falling = (ms: number, fullMs: number, noneMs: number): number =>
  Math.min(1, Math.max(0, (noneMs - ms) / (noneMs - fullMs)));

const seconds = (ms: number): string => `${(ms / 1000).toFixed(0)} s`;

/** Pure: the parts of the score; `of` is 0 where there was nothing to be done. */
export function partsOf(events: readonly DrillEvent[], key: DrillKey, seen: Seen): readonly Part[] {
  const quiet = key.outcome === 'left-alone';
  return [
    ...(quiet ? [] : [detect(events, seen), acknowledge(seen)]),
    ...diagnose(events, key, seen),
    ...(quiet ? [] : [mitigate(events, key, seen)]),
    resolve(events, key, seen),
    ...(key.outcome === 'recovered' ? [budget(seen)] : []),
    orders(seen),
  ];
}

/** From the page on; what is done before it is done at once. Without a page from the injection. */
function sincePage(seen: Seen, at: string | null | undefined): number | undefined {
  const from = seen.pagedAt ?? seen.injectedAt;
  return at == null || from === null ? undefined : Math.max(0, Date.parse(at) - Date.parse(from));
}

/** The first thing that anybody did. */
function detect(events: readonly DrillEvent[], seen: Seen): Part {
  const acts = [
    seen.acknowledgedAt,
    seen.escalatedAt,
    ...eventsOf(events, 'diagnosed').map((one) => one.at),
    ...pulls(events).map(({ beganAt }) => beganAt),
  ];
  const first = acts.filter((at) => at != null && (seen.injectedAt === null || at >= seen.injectedAt));
  const ms = sincePage(seen, first.toSorted()[0]);
  return ms === undefined
    ? { name: 'detect', points: 0, of: 10, why: 'nobody did anything' }
    : {
        name: 'detect',
        points: 10 * falling(ms, 30_000, 180_000),
        of: 10,
        why: `the first act ${seconds(ms)} after the page`,
      };
}

function acknowledge(seen: Seen): Part {
  const ms = sincePage(seen, seen.acknowledgedAt);
  // Nothing that could have been acknowledged.
  const of = seen.pagedAt === null ? 0 : 10;
  return ms === undefined
    ? { name: 'acknowledge', points: 0, of, why: 'nobody acknowledged' }
    : {
        name: 'acknowledge',
        points: of * falling(ms, 20_000, 120_000),
        of,
        why: `${seconds(ms)} after the page`,
      };
}

type Field = 'component' | 'cause';

/** Of each thing that is the matter the earliest diagnosis that names it; half is for being quick. */
function diagnose(events: readonly DrillEvent[], key: DrillKey, seen: Seen): readonly Part[] {
  // Before it broke nobody could know.
  const said = eventsOf(events, 'diagnosed').filter(({ at }) => at >= (seen.injectedAt ?? ''));
  const answers =
    key.answers.length > 0 ? key.answers : [{ components: [noComponent], causes: ['nothing' as const] }];
  return (['component', 'cause'] as const).map((name: Field) => {
    const found = answers.map((answer) => {
      const accepted: readonly string[] = name === 'component' ? answer.components : answer.causes;
      return said.find((one) => accepted.includes(one[name]));
    });
    const worth = found.map((one) => {
      if (one === undefined) return 0;
      const ms = key.outcome === 'left-alone' ? 0 : (sincePage(seen, one.at) ?? 0);
      return quickly(ms);
    });
    const right = found.filter((one) => one !== undefined).length;
    const why = said.length === 0 ? 'nobody said what it was' : `${right} of ${answers.length} named`;
    return { name, points: (15 * sum(worth)) / answers.length, of: 15, why };
  });
}

const quickly = (ms: number): number => 0.5 + 0.5 * falling(ms, 60_000, 300_000);

function mitigate(events: readonly DrillEvent[], key: DrillKey, seen: Seen): Part {
  const name = 'mitigate';
  const of = 25;
  if (key.outcome === 'handed-over') {
    const ms = sincePage(seen, seen.escalatedAt);
    return ms === undefined
      ? { name, points: 0, of, why: 'nobody who could help was called' }
      : {
          name,
          points: of * quickly(ms),
          of,
          why: `whoever can help was called ${seconds(ms)} after the page`,
        };
  }
  const done = key.levers.map((lever) =>
    pullsInTime(events, seen.injectedAt).find(
      ({ words, state }) => state === 'done' && isRightLever(lever, words),
    ),
  );
  const last = done
    .flatMap((pull) => pull?.endedAt ?? [])
    .toSorted()
    .at(-1);
  const ms = sincePage(seen, last) ?? 0;
  const pulled = done.filter((pull) => pull !== undefined).length;
  const share = key.levers.length === 0 ? 1 : pulled / key.levers.length;
  const served = seen.badRatioAfter === null ? 0 : falling(seen.badRatioAfter, servedBelow, 0.5);
  const after =
    seen.badRatioAfter === null
      ? 'whether anybody was served afterwards was not seen'
      : `${percent(seen.badRatioAfter)} of the users’ requests bad afterwards`;
  const why = `${pulled} of ${key.levers.length} levers${last === undefined ? '' : ` within ${seconds(ms)} of the page`}, ${after}`;
  return { name, points: of * share * served * quickly(ms), of, why };
}

const percent = (ratio: number): string => `${(100 * ratio).toFixed(1)} %`;

function resolve(events: readonly DrillEvent[], key: DrillKey, seen: Seen): Part {
  const isSaid = eventsOf(events, 'resolved').length > 0;
  const isTrue = isReached(events, key, seen);
  const why = !isSaid
    ? 'nobody said that it was over'
    : isTrue
      ? 'said, and so it was'
      : 'said, and it was not';
  return { name: 'resolve', points: isSaid && isTrue ? 5 : 0, of: 5, why };
}

/** What was saved, of what a practised team would have saved. */
function budget({ burnt: { bad, nothing, best } }: Seen): Part {
  const stake = nothing - best;
  const why = `${bad} bad events; ${nothing} if nobody had acted, ${best} by a practised team`;
  if (stake < leastAtStake) return { name: 'budget', points: 0, of: 0, why };
  return { name: 'budget', points: 15 * Math.min(1, Math.max(0, (nothing - bad) / stake)), of: 15, why };
}

function orders({ orders: found }: Seen): Part {
  if (found === null) return { name: 'orders', points: 0, of: 0, why: 'the books were not read' };
  const { acknowledged, lost, duplicated } = found;
  return {
    name: 'orders',
    points: lost + duplicated === 0 ? 10 : 0,
    of: 10,
    why: `${acknowledged} acknowledged, ${lost} lost, ${duplicated} twice`,
  };
}
