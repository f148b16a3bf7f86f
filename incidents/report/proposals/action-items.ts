import { code, plain, table } from '@firedrill/chaos/report';
import type { Facts } from '../facts.ts';
import { brokenPromises, takenAfterMs } from '../promises.ts';
import type { Propose } from './head.ts';
import { isLate } from './lessons.ts';

/** What an action does about the next time, as in Google's SRE workbook. */
type ActionType = 'prevent' | 'mitigate' | 'detect' | 'process';

interface Action {
  readonly what: string;
  readonly type: ActionType;
  /** Days after it was over. */
  readonly days: number;
}

/** What harms people again tomorrow is due in a week, the rest in a month. */
const [soon, later] = [7, 30];

/** Pure: a table; each row is a proposal until somebody has made it their own. */
export const actionItems: Propose = (facts) => {
  const owner = facts.incident.assignee ?? facts.incident.acknowledged?.by;
  return table(
    ['Action', 'Type', 'Owner', 'Due', ''],
    actionsOf(facts).map(({ what, type, days }) => [
      what,
      type,
      owner === undefined ? 'nobody yet' : plain(owner),
      dueDate(facts, days),
      '*(proposed)*',
    ]),
  );
};

function actionsOf(facts: Facts): readonly Action[] {
  const { run, unfired, alerts, incident, felt } = facts;
  const runbooks = [...new Set(incident.alerts.map(({ alert }) => alert))];
  const takenMs = takenAfterMs(facts);
  return [
    ...brokenPromises(facts).map(
      (promise): Action => ({
        what: `Make the shop keep promise ${plain(promise)}`,
        type: 'prevent',
        days: soon,
      }),
    ),
    ...unfired.map(
      ({ name, because }): Action => ({
        what: `Find out why ${plain(name)} did not come (${because})`,
        type: 'detect',
        days: soon,
      }),
    ),
    ...alerts
      .filter((one) => isLate(one) === true)
      .map(
        ({ name }): Action => ({ what: `Find out what held ${plain(name)} up`, type: 'detect', days: later }),
      ),
    ...(takenMs === undefined
      ? [{ what: 'See that somebody has the pager, and hears it', type: 'process', days: soon } as const]
      : []),
    ...(felt === undefined
      ? [{ what: 'Have something count what users get at all times', type: 'detect', days: later } as const]
      : []),
    {
      what: `Read the runbook of ${runbooks.map(plain).join(', ')} against what was done, and mend it`,
      type: 'mitigate',
      days: later,
    },
    run === undefined
      ? { what: 'Write an experiment that does the same on purpose', type: 'prevent', days: later }
      : {
          what: `Mend what broke, and let ${code(`pnpm chaos ${run.run.plan.experiment} --level ${run.run.plan.level}`)} show that it is mended`,
          type: 'prevent',
          days: later,
        },
  ];
}

/** A day of UTC. */
function dueDate({ incident }: Facts, days: number): string {
  const over = Date.parse(incident.resolved?.at ?? incident.recoveredAt ?? incident.openedAt);
  return new Date(over + days * 86_400_000).toISOString().slice(0, 10);
}
