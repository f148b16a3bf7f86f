import type { Incident } from '@firedrill/incidents';
import { expect, it } from 'vitest';
import { incidentSights } from './incidents.ts';

const incident = (id: string, change: Partial<Incident>): Incident =>
  ({
    id,
    lab: 'lab-now',
    level: 1,
    status: 'open',
    openedAt: '2026-11-29T10:00:00.000Z',
    alerts: [{ alert: 'CheckoutAvailability', severity: 'page' }],
    ...change,
  }) as Incident;

it('shows the incidents of its own level, and which of them no lab will ever end', () => {
  const sights = incidentSights(
    [
      incident('elsewhere', { level: 3, lab: 'lab-3' }),
      incident('before', { lab: 'lab-before' }),
      incident('over', { lab: 'lab-before', status: 'resolved' }),
      incident('now', {}),
    ],
    1,
    'lab-now',
  );
  expect(sights.map(({ id, labGone }) => [id, labGone])).toEqual([
    ['now', false],
    ['before', true],
    ['over', false],
  ]);
});
