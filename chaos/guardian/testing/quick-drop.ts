import { mayBeUnready, mayLogDatabaseErrors, mayPage, mayTicket } from '../../experiments/allowed.ts';
import type { Experiment } from '../../experiments/experiment.ts';

/** Short, for tests of what happens around it: `pnpm chaos ./chaos/guardian/testing/quick-drop.ts`. */
export default {
  name: 'quick-drop',
  title: 'The database is away for a while',
  hypothesis: 'Only what stands around a run is of interest here.',
  controlMs: 2000,
  recoveryMs: 2000,
  timeline: [{ durationMs: 4000, fault: 'drop', on: { edges: ['api-1:pg-1'] } }],
  impact: {},
  alerts: {
    expected: [],
    allowed: [
      // Latency, too: a busy machine is slow to recover.
      ...['CheckoutAvailability', 'BrowseAvailability', 'CheckoutLatency', 'BrowseLatency'].flatMap(
        (alert) => [mayPage(alert, 'the database is away'), mayTicket(alert, 'the database is away')],
      ),
      mayBeUnready,
      mayLogDatabaseErrors,
    ],
  },
  hypotheses: [
    { phase: 'control', operation: 'browse', measure: 'errorRatio', atMost: 0.5 },
    { phase: 'fault', operation: 'checkout', measure: 'errorRatio', atLeast: 0.5 },
  ],
  abort: { badEventsAtMost: 10_000 },
  variants: {
    /** Long enough to be killed in the middle. */
    long: { timeline: [{ durationMs: 600_000, fault: 'drop', on: { edges: ['api-1:pg-1'] } }] },
    'kill-api': { timeline: [{ durationMs: 600_000, fault: 'kill', on: { nodes: ['api-1'] } }] },
    /** What a process of its own keeps up. */
    starve: {
      timeline: [
        {
          durationMs: 600_000,
          fault: 'starve',
          params: { share: 0.05, periodMs: 4000 },
          on: { nodes: ['payment-1'] },
        },
      ],
    },
    pause: { timeline: [{ durationMs: 600_000, fault: 'pause', on: { nodes: ['payment-1'] } }] },
    'restart-loop': {
      timeline: [
        {
          durationMs: 600_000,
          fault: 'restart-loop',
          params: { downMs: 500, upMs: 1000, jitterMs: 500 },
          on: { nodes: ['payment-1'] },
        },
      ],
    },
    /** Somebody else listens in the proxy's place. */
    'connect-hang': {
      timeline: [{ durationMs: 600_000, fault: 'connect-hang', on: { edges: ['api-1:pg-1'] } }],
    },
    /** One effect a second. */
    drift: {
      timeline: [
        {
          durationMs: 60_000,
          fault: 'latency',
          params: { latencyMs: 200, driftMs: 100 },
          on: { edges: ['api-1:pg-1', 'api-1:payment-1'] },
        },
      ],
    },
    /** Several faults of one name, each healed by itself while the others are in. */
    'two-drops': {
      timeline: [
        { durationMs: 2000, fault: 'drop', on: { edges: ['api-1:pg-1'] } },
        { durationMs: 600_000, fault: 'drop', on: { edges: ['api-1:payment-1'] } },
      ],
    },
    /** Believes what is not so. */
    wrong: {
      hypotheses: [
        // Without a control nothing that is believed of the fault can be refuted.
        { phase: 'control', operation: 'browse', measure: 'errorRatio', atMost: 0.5 },
        { phase: 'fault', operation: 'checkout', measure: 'errorRatio', atMost: 0 },
      ],
    },
  },
} satisfies Experiment;
