import type { LabState } from '@firedrill/lab';

/** A level-1 lab as a report needs it: its monitoring listens at one port. */
export function labAt(home: string, port: number): LabState {
  const listens = { http: port, query: port };
  const nodes = { 'prometheus-1': listens, 'loki-1': listens, 'jaeger-1': listens };
  return { home, level: 1, clock: 'drill', nodes, secrets: {} } as unknown as LabState;
}
