import { mayLogDatabaseErrors, mayPage, mayTicket, ticketsOf } from './allowed.ts';
import type { Experiment } from './experiment.ts';
import { keepsServing, wellAfter, wellBefore } from './hypotheses.ts';

const slow = 'who comes while it is held waits for its next turn';
const behindTheEdge = {
  title: 'One of two API processes gets 30 % of its CPU time',
  hypothesis:
    'The edge gives a process that does not answer fewer requests: a few are late, most go to the other.',
  impact: {},
  alerts: {
    expected: [],
    allowed: [
      ...['CheckoutLatency', 'BrowseLatency'].flatMap((alert) => [
        mayPage(alert, slow),
        mayTicket(alert, slow),
      ]),
      mayLogDatabaseErrors,
      mayTicket('ProbeFailing', 'a probe waits for its turn like everybody else'),
    ],
  },
  hypotheses: [...wellBefore, keepsServing('checkout', 0.1), keepsServing('browse', 0.02), ...wellAfter],
} satisfies NonNullable<Experiment['byLevel']>[string];

export default {
  name: 'cpu-starved-api',
  levels: [1, 2, 3, 4],
  title: 'The only API process gets 30 % of its CPU time',
  hypothesis:
    'Held for 0.7 s of every second it answers late: who looks feels it first, and the page says so. Few of the checkouts that are held in the middle outlive their deadlines.',
  timeline: [
    {
      durationMs: 40_000,
      fault: 'starve',
      // A hold is longer than both thresholds (0.25 s and 0.5 s), so that who is late does not hang on this machine's speed,
      // and shorter than the shop's 0.8 s for a unit of work at its database, or whatever is under way would be given up.
      params: { share: 0.3, periodMs: 1000 },
      on: { nodes: ['api-1'] },
    },
  ],
  impact: { 'checkout-latency': 0.24, 'browse-latency': 0.47 },
  alerts: {
    expected: [{ alert: 'BrowseLatency', severity: 'page', withinMs: 35_000 }],
    allowed: [
      ...ticketsOf('CheckoutLatency', 'BrowseLatency'),
      mayLogDatabaseErrors,
      mayTicket('ProbeFailing', 'a probe waits for its turn like everybody else'),
      mayPage(
        'CheckoutLatency',
        'a quarter of the checkouts is late, near what pages: at 2 a second that is luck',
      ),
    ],
  },
  hypotheses: [
    ...wellBefore,
    keepsServing('checkout', 0.25),
    { phase: 'fault', operation: 'browse', measure: 'p99Ms', atLeast: 500, atMost: 3000 },
    ...wellAfter,
  ],
  byLevel: { 2: behindTheEdge, 3: behindTheEdge, 4: behindTheEdge },
} satisfies Experiment;
