import { setTimeout as pause } from 'node:timers/promises';
import { FiredrillError } from '@firedrill/errors';
import type { LabState } from '../state.ts';
import { ownSocket } from './own-socket.ts';
import { processEntry } from './process-table.ts';
import { sabotageOf, saboteursOf, startSaboteur } from './saboteur/saboteurs.ts';
import { signal } from './signal.ts';
import { proxyNameOf, type ToxiproxyApi } from './toxiproxy.ts';

const withinMs = 10_000;
/** On this machine a connection stands at once, or it waits for a place in the queue. */
const dialMs = 250;

/**
 * Puts an unanswering listener in the place of an edge's proxy, so that connecting hangs. Open connections end with the proxy.
 * @throws {FiredrillError} `control-failed` when connections are still taken after 10 s.
 */
export async function hangEdge(state: LabState, api: ToxiproxyApi, edge: string): Promise<void> {
  const port = state.edges[edge]?.listen ?? 0;
  await startSaboteur(state, { kind: 'hang', edge, port });
  await api.setEnabled(proxyNameOf(edge), false);
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    const seen = await dial(port);
    if (seen === 'hangs' && isHeld(state, edge)) return;
    if (seen === 'stands') hold(state, edge);
    if (seen === 'refused') await pause(5);
  }
  throw new FiredrillError('control-failed', `connections to ${edge} are still taken`);
}

const listenersOf = (state: LabState, edge: string) =>
  saboteursOf(state).filter(({ name }) => name === sabotageOf('hang', edge));

function hold(state: LabState, edge: string): void {
  for (const one of listenersOf(state, edge)) signal(one, 'SIGSTOP');
}

const isHeld = (state: LabState, edge: string): boolean =>
  listenersOf(state, edge).some(({ pid }) => processEntry(pid)?.stopped === true);

/** What has once a place in the queue keeps it, also when its caller is gone. */
function dial(port: number): Promise<'stands' | 'hangs' | 'refused'> {
  const { promise, resolve } = Promise.withResolvers<'stands' | 'hangs' | 'refused'>();
  const socket = ownSocket();
  socket.setTimeout(dialMs, () => resolve('hangs'));
  socket.once('connect', () => resolve('stands'));
  socket.once('error', () => resolve('refused'));
  socket.connect(port, '127.0.0.1');
  return promise.finally(() => socket.destroy());
}
