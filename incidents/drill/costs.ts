import { noComponent } from './cause.ts';
import { type DrillEvent, type DrillKey, eventsOf } from './event.ts';
import { isWrongLever, pulls } from './levers.ts';

export interface Cost {
  readonly what: string;
  readonly points: number;
}

const hintCost = 5;
const wrongLeverCost = 5;
/** By how much of it is wrong. */
const diagnosisCosts = { right: 0, half: 2, wrong: 5 } as const;

/** Pure: what was asked for, and what did no good. */
export function costsOf(events: readonly DrillEvent[], key: DrillKey): readonly Cost[] {
  const hints = eventsOf(events, 'hinted').map(({ number }) => ({
    what: `hint ${number}`,
    points: hintCost,
  }));
  const said = eventsOf(events, 'diagnosed').map(({ component, cause }) => ({
    what: `said ${component}: ${cause}`,
    points: diagnosisCosts[truthOf(key, component, cause)],
  }));
  const levers = pulls(events)
    .filter(({ words, state }) => state !== 'refused' && isWrongLever(key, words))
    .map(({ words }) => ({ what: `pnpm lab ${words}`, points: wrongLeverCost }));
  return [...hints, ...said.filter(({ points }) => points > 0), ...levers];
}

function truthOf({ answers }: DrillKey, component: string, cause: string): keyof typeof diagnosisCosts {
  if (answers.length === 0) return component === noComponent && cause === 'nothing' ? 'right' : 'wrong';
  const halves = answers.map(({ components, causes }) => [
    components.includes(component),
    causes.some((one) => one === cause),
  ]);
  if (halves.some((both) => both.every(Boolean))) return 'right';
  return halves.some((both) => both.some(Boolean)) ? 'half' : 'wrong';
}
