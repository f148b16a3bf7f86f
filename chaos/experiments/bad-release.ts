import { mayLogDatabaseErrors, mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { slowIsNotFailed } from './forbidden.ts';
import { fails, keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const rollOut = (release: string, durationMs: number): Experiment['timeline'] => [
  { durationMs, fault: 'bad-release', params: { release }, on: { nodes: ['api-1'] } },
];
const behindTheEdge = {
  timeline: [
    {
      durationMs: 40_000,
      fault: 'bad-release',
      params: { release: '2026.48' },
      on: { nodes: ['api-1', 'api-2'] },
    },
  ],
} satisfies NonNullable<Experiment['byLevel']>[string];
const evenPaceBehindTheEdge = {
  timeline: [{ ...behindTheEdge.timeline[0]!, params: { release: '2026.49' } }],
};
const restarted = 'an API is away for a moment while its release is changed';
const restarts = [mayTicket('ComponentDown', restarted), mayTicket('ProbeFailing', restarted)];

export default {
  name: 'bad-release',
  levels: [1, 2, 3, 4],
  title: 'A release goes out that takes each checkout for ten times as long as it is',
  hypothesis:
    'Every process is up, nobody waits, and of the checkouts a large part is turned away: whoever comes soon after another.',
  timeline: rollOut('2026.48', 40_000),
  // By how close they come after one another, whatever the machine: a third at least.
  impact: { 'checkout-availability': 0.35 },
  alerts: {
    expected: [{ alert: 'CheckoutAvailability', severity: 'page', withinMs: 38_000 }],
    allowed: [...ticketsOf('CheckoutAvailability'), mayLogDatabaseErrors, ...restarts],
  },
  hypotheses: [...wellBefore, fails('checkout', 0.15), ...wellAfter],
  byLevel: { 2: behindTheEdge, 3: behindTheEdge, 4: behindTheEdge },
  variants: {
    'even-pace': {
      title: 'A release goes out that hands pages of the catalogue out one by one',
      hypothesis:
        'Whoever looks around waits for most of a second, and nothing fails; who buys is served as ever.',
      timeline: rollOut('2026.49', 40_000),
      impact: { 'browse-latency': 0.6 },
      alerts: {
        expected: [{ alert: 'BrowseLatency', severity: 'page', withinMs: 36_000 }],
        forbidden: [...slowIsNotFailed],
        allowed: [...ticketsOf('BrowseLatency'), ...restarts],
      },
      hypotheses: [
        ...wellBefore,
        keepsServing('checkout', 0.1),
        { phase: 'fault', operation: 'browse', measure: 'p99Ms', atLeast: 400 },
        ...wellAfter,
      ],
      byLevel: { 2: evenPaceBehindTheEdge, 3: evenPaceBehindTheEdge, 4: evenPaceBehindTheEdge },
    },
  },
} satisfies Experiment;
