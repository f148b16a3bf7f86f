import { type Cost, costsOf } from './costs.ts';
import { begunOf, type DrillEvent, eventsOf } from './event.ts';
import { type Part, partsOf } from './parts.ts';
import { isReached } from './reached.ts';

export interface Score {
  /** 0 to 100: the parts' share of what they could have been, less the costs. */
  readonly total: number;
  readonly parts: readonly Part[];
  readonly costs: readonly Cost[];
  /** It ended as it should: served again, handed over to whoever can help, or left alone. */
  readonly resolved: boolean;
}

/** Pure: the score of a drill by its journal; `undefined` for one that has not ended or was broken off. */
export function scoreOf(events: readonly DrillEvent[]): Score | undefined {
  const ended = eventsOf(events, 'ended').at(-1);
  if (ended?.seen === undefined || ended.how === 'broken-off') return undefined;
  const { key } = begunOf(events);
  const { seen } = ended;
  const parts = partsOf(events, key, seen).filter(({ of }) => of > 0);
  const costs = costsOf(events, key);
  const reached = sum(parts.map(({ points }) => points)) / sum(parts.map(({ of }) => of));
  const total = Math.round(100 * reached - sum(costs.map(({ points }) => points)));
  return {
    total: Math.min(100, Math.max(0, total)),
    parts,
    costs,
    resolved: ended.how === 'resolved' && isReached(events, key, seen),
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
