import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, get, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createControl, type LabState, type Undo } from '@firedrill/lab/control';
import { provision } from '@firedrill/provision';
import type { Level } from '@firedrill/topology';
import type { WitnessReading } from '../../journal/event.ts';
import type { Judgement } from '../../witness/judgement.ts';
import { Witness } from '../../witness/witness.ts';
import { compileFault } from '../compile-fault.ts';
import type { Effect, Fault, Way } from '../fault.ts';
import { inTurns } from './in-turns.ts';

/** Two servers behind one real Toxiproxy: `a:b` takes the faults, `a:c` must not notice. For tests. */
export const pair: Level = {
  number: 1,
  title: 'two edges',
  service: 'pair',
  seedRps: 1,
  labRps: 1,
  nodes: ['a', 'b', 'c'].map((name) => ({ name, kind: 'shop-api', ports: ['http'], role: 'user' })),
  edges: ['b', 'c'].map((to) => ({
    name: `a:${to}`,
    from: 'a',
    to,
    port: 'http',
    plane: 'data',
    protocol: 'http',
  })),
};

async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 9000);
    const probe = createTcpServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => probe.close(resolve));
    if (free) return port;
  }
}

async function httpServer(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((_request, response) => {
    response.end('alive');
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

const isAtOnce = ({ atMs }: Effect): boolean => atMs === undefined;

/** Whoever is not the witness: `busy` asks all the time on one connection, `rare` once a second on a new one. */
type Use = 'busy' | 'rare' | 'none';

/** Asks again and again, whatever the answers are. @returns once the first one is there, what ends it. */
async function startUser(port: number, use: Use): Promise<() => void> {
  if (use === 'none') return () => {};
  const agent = new Agent({ keepAlive: use === 'busy', maxSockets: 1 });
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    const ask = (): void => {
      const request = get({ host: '127.0.0.1', port, agent, timeout: 500 }, (response) => {
        response.resume();
        resolve();
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => {});
    };
    ask();
    timer = setInterval(ask, use === 'busy' ? 50 : 1000);
  });
  return () => {
    clearInterval(timer);
    agent.destroy();
  };
}

export interface JudgeOptions {
  /** The only way of `a:b` that the fault is put on. */
  readonly way?: Way;
  /** Put nothing in. */
  readonly forget?: boolean;
  /** How long it stays in; default 2500. */
  readonly duringMs?: number;
  /** A round trip that takes longer counts as timed out, ms; default 700. */
  readonly deadlineMs?: number;
  /** How `a:b` is used meanwhile; default `busy`. */
  readonly use?: Use;
}

export interface ProxiedPair {
  /** Control, witness and judge: what a run does with one fault, on `a:b`. */
  judge(fault: Fault, params: unknown, options?: JudgeOptions): Promise<Judged>;
  close(): Promise<void>;
}

export interface Judged extends Judgement {
  readonly readings: readonly WitnessReading[];
}

export async function startProxiedPair(): Promise<ProxiedPair> {
  const toxiproxy = (await provision(['toxiproxy'])).get('toxiproxy');
  if (toxiproxy === undefined) throw new Error('toxiproxy was not provided');
  const [b, c] = [await httpServer(), await httpServer()];
  const toxiproxyPort = await freePort();
  const server = spawn(
    toxiproxy.bin('toxiproxy-server'),
    ['-host', '127.0.0.1', '-port', String(toxiproxyPort)],
    {
      stdio: 'ignore',
    },
  );
  const edges = {
    'a:b': { listen: await freePort(), upstream: b.port },
    'a:c': { listen: await freePort(), upstream: c.port },
  };
  const home = mkdtempSync(join(tmpdir(), 'firedrill-pair-'));
  mkdirSync(join(home, 'logs'));
  writeFileSync(join(home, 'lab.json'), '{}');
  // Control needs no more than this of a lab for what is done to edges.
  const state = {
    labId: `pair-${process.pid}-${toxiproxyPort}`,
    home,
    edges,
    toxiproxyPort,
    probes: {},
    nodes: {},
    processComposeSocket: '/nonexistent',
  } as unknown as LabState;
  const control = createControl(state);
  // A machine that stalls makes a call to Toxiproxy miss its second, as does a start: here nobody starts it anew.
  const undo = async (what: Undo): Promise<void> => {
    const until = performance.now() + 60_000;
    for (;;) {
      try {
        return await control.undo(what);
      } catch (error) {
        if (performance.now() > until) throw error;
        await sleep(100);
      }
    }
  };
  for (const edge of Object.keys(edges)) await undo({ kind: 'edge-restore', edge });
  const endpoint = (edge: keyof typeof edges) => ({ edge, url: `http://127.0.0.1:${edges[edge].listen}` });

  return {
    async judge(fault, params, options = {}) {
      const { way, forget = false, use = 'busy', duringMs = 2500, deadlineMs = 700 } = options;
      const target = { edges: ['a:b'], nodes: [], ...(way === undefined ? {} : { ways: { 'a:b': way } }) };
      const step = { id: 'step', seed: 1, durationMs: duringMs };
      const compiled = compileFault(fault, fault.params.parse(params), pair, target, step);
      const endUse = await startUser(edges['a:b'].listen, use);
      const witness = new Witness({
        touched: [endpoint('a:b')],
        untouched: [endpoint('a:c')],
        nodes: [],
        readNodes: async () => [],
        hangUp: fault.asksToHangUp ?? false,
        deadlineMs,
        periodMs: 100,
      });
      const readings = [...(await witness.before())];
      const [now, later] = [
        compiled.effects.filter(isAtOnce),
        compiled.effects.filter((it) => !isAtOnce(it)),
      ];
      if (!forget) for (const { action } of now) await control.apply(action);
      witness.startDuring();
      let passedMs = 0;
      for (const { atMs = 0, action } of forget ? [] : later) {
        await inTurns(atMs - passedMs);
        passedMs = atMs;
        await control.apply(action);
      }
      await inTurns(duringMs - passedMs);
      const during = witness.stopDuring();
      for (const effect of compiled.effects) await undo(effect.undo);
      readings.push(...(await during), ...(await witness.after(30_000)));
      witness.close();
      endUse();
      return { ...fault.judge(compiled.expect, readings), readings };
    },
    async close() {
      server.kill('SIGKILL');
      rmSync(home, { recursive: true });
      for (const one of [b, c]) {
        one.server.closeAllConnections();
        await new Promise((resolve) => one.server.close(resolve));
      }
    },
  };
}
