import { mayBeUnready, mayLogDatabaseErrors, mayPage, mayTicket } from '../../experiments/allowed.ts';
import type { Experiment } from '../../experiments/experiment.ts';

/** Puts a fault in for ten minutes and leaves it to something else to end it: `pnpm chaos ./chaos/engine/testing/aborting.ts`. */
export default {
  name: 'aborting',
  title: 'The database is away until something stops the run',
  hypothesis: 'Only how soon it is healed is of interest here.',
  controlMs: 2000,
  recoveryMs: 2000,
  timeline: [{ durationMs: 600_000, fault: 'drop', on: { edges: ['api-1:pg-1'] } }],
  impact: {},
  alerts: {
    expected: [],
    allowed: [
      // Those of an earlier run on the same lab, too: nobody waits for them to end.
      ...['CheckoutAvailability', 'BrowseAvailability', 'CheckoutLatency', 'BrowseLatency'].flatMap(
        (alert) => [mayPage(alert, 'the database is away'), mayTicket(alert, 'the database is away')],
      ),
      mayBeUnready,
      mayLogDatabaseErrors,
    ],
  },
  hypotheses: [{ phase: 'control', operation: 'browse', measure: 'errorRatio', atMost: 0.5 }],
  abort: { badEventsAtMost: 10_000 },
  variants: {
    /** More than a machine that stalls for some seconds makes late of ten a second. */
    budget: { abort: { badEventsAtMost: 60 } },
    alert: {
      abort: { badEventsAtMost: 10_000, alerts: [{ alert: 'ProbeFailing', severity: 'ticket' }] },
    },
    query: {
      abort: {
        badEventsAtMost: 10_000,
        queries: [
          {
            query: 'sum(rate(client_requests_total{outcome="bad"}[15s]))',
            // Of ten a second, and more than a machine makes late that stalls for some seconds.
            above: 5,
            reason: 'users are turned away',
          },
        ],
      },
    },
    /** PromQL by its grammar, and refused by Prometheus for its types. */
    'refused-query': {
      abort: {
        badEventsAtMost: 10_000,
        queries: [{ query: 'rate(client_requests_total)', above: 1, reason: 'a range is missing' }],
      },
    },
  },
} satisfies Experiment;
