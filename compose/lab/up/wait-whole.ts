import type { Level, NodeKind } from '@firedrill/topology';
import { createControl } from '../control/create-control.ts';
import type { LabState } from '../state.ts';
import type { Wired } from '../wiring/wiring.ts';
import type { LabEvent } from './events.ts';
import { firstScrape } from './first-scrape.ts';
import { waitReady } from './wait-ready.ts';

/** Generous: a machine that also builds something must get there too. */
const readyDeadlineMs = 90_000;

/**
 * Waits until a lab whose nodes are being started is up: each is ready, every edge is as the topology says, and whoever comes is counted.
 * @throws {FiredrillError} `node-unhealthy`, `port-taken`, `disk-full`, `heal-failed`
 */
export async function waitWhole(
  level: Level,
  state: LabState,
  processes: readonly Pick<Wired, 'name' | 'probe'>[],
  onEvent: (event: LabEvent) => void,
  deadlineMs: number = readyDeadlineMs,
): Promise<void> {
  onEvent({ type: 'waiting', nodes: processes.map((wired) => wired.name) });
  await waitReady(state, processes, onEvent, deadlineMs);
  onEvent({ type: 'step', step: 'check-edges' });
  await createControl(state).healAll();
  onEvent({ type: 'step', step: 'first-scrape' });
  const namesOf = (kind: NodeKind) =>
    level.nodes.filter((node) => node.kind === kind).map(({ name }) => name);
  const started = new Set(processes.map(({ name }) => name));
  const watching = namesOf('prometheus').filter((name) => started.has(name));
  await Promise.all(watching.map((name) => firstScrape(state, name, namesOf('load-client'), deadlineMs)));
}
