import { setTimeout as pause } from 'node:timers/promises';
import type { Edge, FeedStore } from '@firedrill/topology';
import { beforeAll, expect, it } from 'vitest';
import { edgeUrl } from '../addresses.ts';
import { processesByNode } from '../control/lab-processes.ts';
import { topologyOf } from '../topology-of.ts';
import { getJson } from './ask.ts';
import { buy } from './buy.ts';
import { connectionsOf } from './listeners.ts';
import { type SharedLab, sharedLab } from './shared-lab.ts';
import { wayOf } from './ways.ts';

const looks = 25;
const everyMs = 200;
/** As long as some edge was not met yet: on a busy machine what is said on it may be over between two looks. */
const patienceMs = 60_000;

/** Who is asked only from time to time, or by a run: no look of these few seconds must meet it. */
const mayRest = /^(client-1|receiver-1|prometheus-1|blackbox-1|alertmanager-1|loki-1|collector-1)$/;

/**
 * Walks the sockets of every process of a lab while somebody buys: each leads through a proxy of an edge of its own node, and
 * every edge that carries the shop is met.
 */
export function expectNoWayRound(number: number, feed?: FeedStore): void {
  const level = topologyOf({ level: number, feed });
  let lab: SharedLab;
  beforeAll(async () => {
    lab = await sharedLab(number, { feed });
  });

  it(`no process of level ${number} has a connection that its topology does not name`, async () => {
    const { state } = lab;
    const entry = level.edges.find(({ from }) => from === 'client-1')?.name ?? '';
    const carrying = level.edges.filter(({ from, plane }) => plane === 'data' && !mayRest.test(from));
    const met = new Set<string>();
    const astray = new Set<string>();
    // Whoever keeps a store in agreement asks one of its members, and another one when that is gone.
    const isSpare = ({ from, port }: Edge): boolean =>
      port === 'client' &&
      carrying.some((other) => other.from === from && other.port === port && met.has(other.name));
    const silent = (): readonly string[] =>
      carrying
        .filter((edge) => !met.has(edge.name) && !isIdle(edge.name, state.primary) && !isSpare(edge))
        .map(({ name }) => name);
    const lookOnce = (): void => {
      for (const [node, entries] of processesByNode(state)) {
        for (const connection of connectionsOf(entries.map(({ pid }) => pid))) {
          const way = wayOf(state, level, node, connection);
          if (way.kind === 'astray') astray.add(`${node} → ${way.to}`);
          if (way.kind === 'edge') met.add(way.edge);
        }
      }
    };
    const selling = new AbortController();
    const sales = (async () => {
      const shop = edgeUrl(state, entry);
      // A feed may be kept where nobody who only buys looks.
      const visit = () => Promise.all([buy(shop), getJson(`${shop}/feed`, {}, { 'x-customer': 'c-1' })]);
      while (!selling.signal.aborted) await visit().catch(() => pause(100));
    })();
    try {
      const until = performance.now() + patienceMs;
      for (let look = 0; look < looks || (silent().length > 0 && performance.now() < until); look += 1) {
        lookOnce();
        await pause(everyMs);
      }
    } finally {
      selling.abort();
      await sales;
    }
    expect([...astray]).toEqual([]);
    expect(silent()).toEqual([]);
  });
}

/** A standby follows the primary and no other standby; who asks whom about health asks and hangs up. */
const isIdle = (edge: string, primary: string): boolean =>
  edge.endsWith('/rest') || (/^(pg-\d|router-\d):pg-\d$/.test(edge) && !edge.endsWith(`:${primary}`));
