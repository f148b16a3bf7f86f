import {
  blocks,
  clockTime,
  count,
  duration,
  durationOr,
  percent,
  plural,
  table,
} from '@firedrill/chaos/report';
import type { Facts } from '../facts.ts';
import type { Section } from './section.ts';

/** Who was hurt, in exact numbers. */
export const impact: Section = (facts) => {
  const { felt, feltFrom, customersHurt } = facts;
  return blocks(
    '## Impact',
    lasted(facts),
    felt === undefined ? 'What users got was measured by nobody.' : '',
    table(
      ['Operation', 'Counted>', 'Failed>', 'Error ratio>', 'p50>', 'p99>'],
      (felt ?? []).map(({ operation, counted, bad, p50Ms, p99Ms }) => [
        operation === '*' ? '**all**' : operation,
        count(counted),
        count(bad),
        percent(counted === 0 ? 0 : bad / counted),
        durationOr(p50Ms),
        durationOr(p99Ms),
      ]),
    ),
    felt === undefined ? '' : `While it lasted for the users, by ${feltFrom}.`,
    customersHurt === undefined
      ? ''
      : `${plural(customersHurt, 'customer')} had at least one failed request.`,
    orders(facts),
  );
};

function lasted({ users, felt }: Facts): string {
  if (users === undefined)
    return felt === undefined
      ? ''
      : 'By what the SLOs count no user was hurt around it; the figures are those of the time in which it paged.';
  const from = `From ${clockTime(users.fromMs)} UTC`;
  return users.toMs === undefined
    ? `${from} on, without an end in what was recorded.`
    : `${from} to ${clockTime(users.toMs)} UTC: ${duration(users.toMs - users.fromMs)}.`;
}

function orders({ run }: Facts): string {
  if (run === undefined) return '';
  const { acknowledged, lost, duplicated, unknown } = run.verdict.orders;
  const fate =
    run.integrity.problem === undefined
      ? `${count(lost)} lost, ${count(duplicated)} made twice`
      : 'what became of them was not checked';
  return `Orders in the whole run: ${count(acknowledged)} acknowledged, ${fate}; ${count(unknown)} without an answer.`;
}
