import { runbooks } from '@firedrill/runbooks';
import { expect, it } from 'vitest';
import { diagnosesOf } from './runbook-diagnosis.ts';

const at = '2026-11-29T03:00:00.000Z';
const walked = (
  runbook: string,
  ...titles: readonly (readonly [string, Readonly<Record<string, string>>])[]
) => diagnosesOf({ runbook, events: titles.map(([title, on]) => ({ at, type: 'mitigation', title, on })) });

it('a runbook says by what it does what it takes for the matter, each once and in its order', () => {
  expect(
    walked(
      'CheckoutAvailability',
      ['Restart what has ended or hangs', { NODE: 'api-1' }],
      ['Rotate the key', {}],
      ['Rotate the key', {}],
    ),
  ).toEqual([
    { component: 'api-1', cause: 'down' },
    { component: 'payment-1', cause: 'expired-credential' },
  ]);
});

it('money that is taken later means a slow provider or a failing one, by what pages', () => {
  expect(walked('CheckoutLatency', ['Take the money later', {}])).toEqual([
    { component: 'payment-1', cause: 'slow' },
  ]);
  expect(walked('CheckoutAvailability', ['Take the money later', {}])).toEqual([
    { component: 'payment-1', cause: 'failing' },
  ]);
});

const paging = runbooks().filter(({ severity }) => severity.includes('page'));
/** The books name no part: whoever owns the money finds it. */
const withoutPart = ['Stop changes and hand over', 'Hand over', 'Watch by hand and hand over'];

it.each(paging.flatMap(({ alert, mitigations }) => mitigations.map(({ title }) => [alert, title] as const)))(
  '%s: %s names a component',
  (alert, title) => {
    if (withoutPart.includes(title)) expect(walked(alert, [title, {}])).toEqual([]);
    else expect(walked(alert, [title, { NODE: 'api-1' }])).toHaveLength(1);
  },
);
