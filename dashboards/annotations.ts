import type { Annotation } from './panel.ts';

/** Those of Prometheus' rules; what Loki raises from the logs is no series that could be asked for. */
export const ticketFires: Annotation = {
  name: 'Ticket',
  expr: 'max by (alertname) (ALERTS{severity="ticket",alertstate="firing",service=~"$service"})',
  meaning: 'ticket',
  text: '{{alertname}}',
};

export const syntheticHistory: Annotation = {
  name: 'Synthetic history',
  // One sample in 15 s: without a range its end would be seen five minutes late.
  expr: 'max by (service) (last_over_time(firedrill_synthetic_history{service=~"$service"}[30s]))',
  meaning: 'excluded',
  text: 'The SLI history is made up here: loaded by `lab up`, so that no window is young',
};

/** A run tells of its faults by its load client; a drill does not. */
export const faultIn: Annotation = {
  name: 'Fault',
  expr: 'max by (fault, on) (firedrill_fault_in{service=~"$service"}) > 0',
  meaning: 'fault',
  text: '{{fault}} on {{on}}',
};
