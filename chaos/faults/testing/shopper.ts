import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { edgeUrl, type LabState } from '@firedrill/lab';
import { journeys } from '@firedrill/target-app/journeys';
import type { Level } from '@firedrill/topology';

const everyMs = 100;

/** Buys again and again through the users' edge, whatever the answers are. For tests. @returns what ends it. */
export function startShopper(state: LabState, topology: Level): () => Promise<void> {
  const client = topology.nodes.find(({ kind }) => kind === 'load-client')?.name;
  const entry = topology.edges.find(({ from }) => from === client)?.name ?? '';
  const checkout = journeys.find(({ operation }) => operation === 'checkout');
  const stop = new AbortController();
  const buy = async (): Promise<void> => {
    const request = checkout?.request({
      random: Math.random,
      customer: 'c-900001',
      newKey: () => randomUUID(),
      acknowledged: [],
    });
    if (request === undefined) return;
    const answer = await fetch(`${edgeUrl(state, entry)}${request.path}`, {
      method: request.method,
      headers: {
        'content-type': 'application/json',
        'x-customer': 'c-900001',
        'idempotency-key': request.key ?? randomUUID(),
      },
      body: JSON.stringify(request.body),
      signal: AbortSignal.timeout(3000),
    });
    await answer.body?.cancel();
  };
  const shopping = (async () => {
    while (!stop.signal.aborted) {
      await buy().catch(() => {});
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  return async () => {
    stop.abort();
    await shopping;
  };
}
