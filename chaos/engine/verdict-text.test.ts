import { expect, test } from 'vitest';
import { verdictText } from './verdict-text.ts';

test('the end of a run says every check, detection, orders, budget and where the report is', () => {
  const text = verdictText(
    {
      verdict: 'fail',
      run: '20261123-010203-lose-api-l1-s7',
      experiment: 'lose-api',
      level: 1,
      seed: 7,
      clock: 'drill',
      checks: [{ name: 'witness', verdict: 'fail', summary: 'It did not bite.', evidence: [] }],
      detection: { predictedMs: 8640, measuredMs: null },
      integrity: { invariants: [], lostInPromise: 0, staleReads: 0 },
      silences: [
        {
          id: 'a-silence',
          owner: 'ana',
          reason: 'a deploy',
          fromMs: -1000,
          toMs: 60_000,
          alerts: ['page CheckoutAvailability'],
        },
      ],
      orders: { acknowledged: 12, lost: 1, duplicated: 2, unknown: 3 },
      budget: [
        {
          slo: 'checkout-availability',
          badEvents: 40,
          fullOutageSeconds: 20,
          percentOf30d: 0.0772,
          buckets: { incident: 37, overlap: 0, control: 1, background: 2 },
        },
      ],
    },
    'runs/x',
  );
  expect(text).toContain('FAIL  20261123-010203-lose-api-l1-s7');
  expect(text).toMatch(/fail +witness: It did not bite\./);
  expect(text).toContain('predicted 8.6 s, measured none');
  expect(text).toContain('page CheckoutAvailability held back by ana: a deploy (a-silence)');
  expect(text).toContain('12 acknowledged, 1 lost, 2 duplicated, 3 unknown');
  expect(text).toContain(
    'checkout-availability: 40 bad events, as 20 s of full outage, 0.08 % of the 30-day budget (37 incident, 1 control, 2 background)',
  );
  expect(text).toContain('runs/x/report.html');
});
