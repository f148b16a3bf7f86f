import type { Annotation } from './panel.ts';

/** Of a run: the load client tells what is in, so that any Prometheus knows when and nobody has to mark it. */
export const faultIn: Annotation = {
  name: 'Fault',
  expr: 'max by (run, fault, target) (firedrill_fault_active{service=~"$service"}) > 0',
  meaning: 'fault',
  text: '{{fault}} on {{target}}',
};

export const ticketFires: Annotation = {
  name: 'Ticket',
  expr: 'max by (alertname) (ALERTS{severity="ticket",alertstate="firing",service=~"$service"})',
  meaning: 'ticket',
  text: '{{alertname}}',
};

export const syntheticHistory: Annotation = {
  name: 'Synthetic history',
  expr: 'max by (service) (firedrill_synthetic_history{service=~"$service"})',
  meaning: 'excluded',
  text: 'The SLI history is made up here: loaded by `lab up`, so that no window is young',
};
