import type { Experiment } from '@firedrill/chaos';

/** The way of every page is broken where it begins, or where it is handed on. */
export const noHeartbeat = (
  node: 'prometheus-1' | 'alertmanager-1',
  page: { readonly afterMs: number; readonly withinMs: number },
) =>
  ({
    name: `kill-${node}`,
    levels: [1],
    title: `${node} dies`,
    hypothesis:
      'Users feel nothing. Nobody would be told if they did: the receiver alone misses the heartbeat.',
    timeline: [{ durationMs: 45_000, fault: 'kill', on: { nodes: [node] } }],
    impact: {},
    alerts: { expected: [{ alert: 'WatchdogMissing', severity: 'page', ...page }] },
    hypotheses: [
      { phase: 'control', operation: 'checkout', measure: 'errorRatio', atMost: 0.01 },
      { phase: 'recovered', operation: 'checkout', measure: 'errorRatio', atMost: 0.05 },
    ],
  }) satisfies Experiment;
