import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { databaseUrl, databaseUrlThrough } from '../addresses.ts';
import { eventually } from '../testing/eventually.ts';
import { type SharedLab, sharedLab } from '../testing/shared-lab.ts';
import { isFree } from '../up/free-ports.ts';
import type { Toxic } from './action.ts';
import { processesOfNode } from './lab-processes.ts';
import { isReady } from './probe.ts';
import { saboteursOf } from './saboteur/saboteurs.ts';
import { toxiproxyProcess } from './toxiproxy-process.ts';

const edge = 'api-1:pg-1';
const restored = { edge, state: 'enabled', toxics: [] };

let lab: SharedLab;
beforeAll(async () => {
  lab = await sharedLab(1);
});
afterEach(() => lab.control.healAll());

/** Enough to tell that nothing comes through. */
const impatientMs = 1000;
/** Of what must come through, on a machine that stalls for some seconds. */
const patientMs = 20_000;

const connect = async (url: string, queryMs = patientMs, connectMs = patientMs): Promise<pg.Client> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
};

/** How long one new connection and one query through the edge take; rejects when they do not come back. */
const roundTrip = async (withinMs = patientMs): Promise<number> => {
  const from = performance.now();
  const client = await connect(databaseUrlThrough(lab.state, edge), withinMs, withinMs);
  try {
    await client.query('SELECT 1');
    return performance.now() - from;
  } finally {
    client.end().catch(() => {});
  }
};

const readEdge = async () => (await lab.control.read()).edges.find((one) => one.edge === edge);
/** A Toxiproxy that does not answer within a second is read as one that has lost its edges. */
const expectEdge = (expected: object) =>
  eventually(`${edge} is ${JSON.stringify(expected)}`, async () => {
    expect(await readEdge()).toEqual(expected);
    return true;
  });
const readNode = async (node: string) => (await lab.control.read()).nodes.find((one) => one.node === node);

const toxic = (type: Toxic['type'], stream: Toxic['stream'], attributes: Toxic['attributes']): Toxic => ({
  name: `${type}-${stream}`,
  type,
  stream,
  toxicity: 1,
  attributes,
});

const signalToxiproxy = (name: NodeJS.Signals) => {
  for (const { pid } of processesOfNode(lab.state, toxiproxyProcess)) process.kill(pid, name);
};

describe('toxic-add', () => {
  it('slows the edge, shows in the reading, and is gone after the undo', async () => {
    const slow = toxic('latency', 'downstream', { latency: 150, jitter: 0 });
    await lab.control.apply({ kind: 'toxic-add', edge, toxic: slow });
    await expectEdge({ edge, state: 'enabled', toxics: [slow] });
    // The handshake takes several answers, each of them late.
    expect(await roundTrip()).toBeGreaterThan(300);

    await lab.control.undo({ kind: 'edge-restore', edge });
    await expectEdge(restored);
    await roundTrip();
  });

  it('lets nothing pass a black hole, on old connections too', async () => {
    const old = await connect(databaseUrlThrough(lab.state, edge), impatientMs);
    for (const stream of ['upstream', 'downstream'] as const) {
      await lab.control.apply({ kind: 'toxic-add', edge, toxic: toxic('timeout', stream, { timeout: 0 }) });
    }
    await expect(old.query('SELECT 1')).rejects.toThrow(/timeout/i);
    await expect(roundTrip(impatientMs)).rejects.toThrow(/timeout/i);
    await lab.control.undo({ kind: 'edge-restore', edge });
    await expectEdge(restored);
    await roundTrip();
    old.end().catch(() => {});
  });

  it('touches no other edge', async () => {
    await lab.control.apply({ kind: 'toxic-add', edge, toxic: toxic('timeout', 'upstream', { timeout: 0 }) });
    await eventually('all others are as they were', async () => {
      const { edges } = await lab.control.read();
      for (const other of edges.filter((one) => one.edge !== edge)) {
        expect(other).toEqual({ edge: other.edge, state: 'enabled', toxics: [] });
      }
      return true;
    });
  });
});

it('edge-disable refuses new connections and breaks old ones', async () => {
  const old = await connect(databaseUrlThrough(lab.state, edge));
  await lab.control.apply({ kind: 'edge-disable', edge });
  await expectEdge({ edge, state: 'disabled', toxics: [] });
  await expect(roundTrip()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await expect(old.query('SELECT 1')).rejects.toThrow();
  await lab.control.undo({ kind: 'edge-restore', edge });
  await expectEdge(restored);
  await roundTrip();
});

it('toxic-update changes what is in, and one undo takes it away', async () => {
  const slow = toxic('latency', 'downstream', { latency: 1, jitter: 0 });
  await lab.control.apply({ kind: 'toxic-add', edge, toxic: slow });
  const slower = { ...slow, attributes: { latency: 150, jitter: 0 } };
  await lab.control.apply({ kind: 'toxic-update', edge, toxic: slower });
  await expectEdge({ edge, state: 'enabled', toxics: [slower] });
  expect(await roundTrip()).toBeGreaterThan(300);
  await lab.control.undo({ kind: 'edge-restore', edge });
  await expectEdge(restored);
});

describe('edge-hang', () => {
  const hang = { kind: 'edge-hang', edge } as const;

  it('lets whoever connects wait, and breaks old connections, until the undo', async () => {
    const old = await connect(databaseUrlThrough(lab.state, edge));
    await lab.control.apply(hang);
    expect((await lab.control.read()).saboteurs).toEqual([`hang ${edge}`]);
    await expect(roundTrip(impatientMs)).rejects.toThrow(/timeout/i);
    await expect(old.query('SELECT 1')).rejects.toThrow();
    await lab.control.undo({ kind: 'edge-hang-end', edge });
    await lab.control.undo({ kind: 'edge-hang-end', edge });
    await expectEdge(restored);
    expect((await lab.control.read()).saboteurs).toEqual([]);
    await roundTrip();
  });

  it('is undone by whoever starts Toxiproxy anew', async () => {
    await lab.control.apply(hang);
    signalToxiproxy('SIGKILL');
    await lab.control.undo({ kind: 'edge-restore', edge: 'api-1:payment-1' });
    await expectEdge(restored);
    await roundTrip();
  });
});

describe('node-pause', () => {
  it('holds every process of PostgreSQL, backends too, and lets all go at the undo', async () => {
    const client = await connect(databaseUrl(lab.state));
    const slow = client.query('SELECT pg_sleep(0.2)');
    await lab.control.apply({ kind: 'node-pause', node: 'pg-1' });
    const held = processesOfNode(lab.state, 'pg-1');
    expect(held.length).toBeGreaterThan(3);
    expect(held.filter(({ stopped }) => !stopped)).toEqual([]);
    expect(await readNode('pg-1')).toMatchObject({ running: true, stopped: true });
    await lab.control.undo({ kind: 'node-continue', node: 'pg-1' });
    await lab.control.undo({ kind: 'node-continue', node: 'pg-1' });
    expect(processesOfNode(lab.state, 'pg-1').filter(({ stopped }) => stopped)).toEqual([]);
    // What was under way goes on.
    await slow;
    await client.end();
  });

  it('is undone when the node died meanwhile', async () => {
    await lab.control.apply({ kind: 'node-pause', node: 'payment-1' });
    for (const { pid } of processesOfNode(lab.state, 'payment-1')) process.kill(pid, 'SIGKILL');
    await lab.control.undo({ kind: 'node-continue', node: 'payment-1' });
    expect(await readNode('payment-1')).toMatchObject({ running: true, stopped: false });
  });
});

describe('node-restart-loop', () => {
  const loop = {
    kind: 'node-restart-loop',
    node: 'payment-1',
    turns: [{ downMs: 200, upMs: 300 }],
  } as const;

  it('gives the node one life after the other, until the undo leaves it the last one', async () => {
    const lives = new Set<number>();
    const watch = setInterval(() => {
      for (const { pid } of processesOfNode(lab.state, 'payment-1')) lives.add(pid);
    }, 50);
    try {
      await lab.control.apply(loop);
      await eventually('three lives', async () => (lives.size >= 3 ? true : undefined));
    } finally {
      clearInterval(watch);
    }
    await lab.control.undo({ kind: 'node-restart-loop-end', node: 'payment-1' });
    const after = await readNode('payment-1');
    expect(after).toMatchObject({ running: true });
    expect((await lab.control.read()).saboteurs).toEqual([]);
    // Nobody is there any more who could kill it.
    await pause(1000);
    expect((await readNode('payment-1'))?.pid).toBe(after?.pid);
  });

  it('that was killed in the middle is undone all the same, by whoever heals', async () => {
    await lab.control.apply({ ...loop, turns: [{ downMs: 60_000, upMs: 50 }] });
    for (const { pid } of saboteursOf(lab.state)) process.kill(pid, 'SIGKILL');
    await lab.control.healAll();
    expect(await readNode('payment-1')).toMatchObject({ running: true });
  });
});

describe('node-starve', () => {
  const starve = { kind: 'node-starve', node: 'payment-1', share: 0.1, periodMs: 500 } as const;
  const isHeld = async () => ((await readNode('payment-1'))?.stopped ? true : undefined);

  it('holds the node by turns, until the undo ends it', async () => {
    await lab.control.apply(starve);
    expect((await lab.control.read()).saboteurs).toEqual(['starve payment-1']);
    await eventually('it is held', isHeld);
    await eventually('it runs', async () => ((await readNode('payment-1'))?.stopped ? undefined : true));
    await eventually('it is held again', isHeld);
    await lab.control.undo({ kind: 'node-starve-end', node: 'payment-1' });
    expect((await lab.control.read()).saboteurs).toEqual([]);
    expect((await readNode('payment-1'))?.stopped).toBe(false);
    // Nobody is there any more who could hold it.
    await pause(700);
    expect((await readNode('payment-1'))?.stopped).toBe(false);
  });

  it('that was killed in the middle of a hold is undone all the same, by whoever heals', async () => {
    // Longer than a machine stalls, so that the kill comes while it is held.
    await lab.control.apply({ ...starve, share: 0.001, periodMs: 60_000 });
    await eventually('it is held', isHeld);
    for (const { pid } of saboteursOf(lab.state)) process.kill(pid, 'SIGKILL');
    await eventually('it is dead', async () => (saboteursOf(lab.state).length === 0 ? true : undefined));
    expect(await isHeld()).toBe(true);
    await lab.control.healAll();
    expect((await readNode('payment-1'))?.stopped).toBe(false);
  });
});

describe('node-setting', () => {
  const value = { ratio: 0.5, seed: 7 };
  const reading = () =>
    eventually('the provider tells', () => lab.control.readSetting('payment-1', 'failure'));
  const set = () => lab.control.apply({ kind: 'node-setting', node: 'payment-1', setting: 'failure', value });
  const reset = () => lab.control.undo({ kind: 'node-setting-reset', node: 'payment-1', setting: 'failure' });

  it('changes what the node itself offers, and the undo takes it back, also twice', async () => {
    await set();
    expect(await reading()).toMatchObject(value);
    await reset();
    await reset();
    expect(await reading()).toMatchObject({ ratio: 0 });
  });

  it('is taken back from a node that does not answer, by starting it anew', async () => {
    await set();
    const before = await readNode('payment-1');
    for (const { pid } of processesOfNode(lab.state, 'payment-1')) process.kill(pid, 'SIGSTOP');
    await reset();
    expect(await reading()).toMatchObject({ ratio: 0 });
    expect((await readNode('payment-1'))?.pid).not.toBe(before?.pid);
  });

  it('is refused where a node has none', async () => {
    const action = { kind: 'node-setting', node: 'api-1', setting: 'failure', value } as const;
    await expect(lab.control.apply(action)).rejects.toMatchObject({ code: 'fault-refused' });
  });
});

describe('node-kill', () => {
  it('leaves no process of PostgreSQL, and what was committed is there after the undo', async () => {
    const port = lab.state.nodes['pg-1']?.sql ?? 0;
    const client = await connect(databaseUrl(lab.state));
    await client.query('CREATE TABLE IF NOT EXISTS kept_over_kill (at timestamptz)');
    await client.query('TRUNCATE kept_over_kill');
    await client.query('INSERT INTO kept_over_kill VALUES (now())');
    // A backend that is busy has a session of its own and would go on without its parent.
    const busy = client.query('SELECT pg_sleep(120)').catch((error: unknown) => error);

    await lab.control.apply({ kind: 'node-kill', node: 'pg-1' });
    expect(processesOfNode(lab.state, 'pg-1')).toEqual([]);
    expect(await isFree(port)).toBe(true);
    expect(await busy).toBeInstanceOf(Error);
    expect(
      await eventually('process-compose has seen it', async () =>
        (await readNode('pg-1'))?.running ? undefined : 'down',
      ),
    ).toBe('down');

    await lab.control.undo({ kind: 'node-start', node: 'pg-1' });
    expect(await readNode('pg-1')).toMatchObject({ running: true });
    const again = await connect(databaseUrl(lab.state));
    expect((await again.query('SELECT count(*)::int AS n FROM kept_over_kill')).rows).toEqual([{ n: 1 }]);
    await again.query('DROP TABLE kept_over_kill');
    await again.end();
  });

  it('starts the api again, which is another process then', async () => {
    const before = await readNode('api-1');
    await lab.control.apply({ kind: 'node-kill', node: 'api-1' });
    expect(processesOfNode(lab.state, 'api-1')).toEqual([]);
    await lab.control.undo({ kind: 'node-start', node: 'api-1' });
    const after = await readNode('api-1');
    expect(after).toMatchObject({ running: true });
    expect(after?.pid).not.toBe(before?.pid);
    // The undo is idempotent: it does not start a second one.
    await lab.control.undo({ kind: 'node-start', node: 'api-1' });
    expect((await readNode('api-1'))?.pid).toBe(after?.pid);
  });
});

it('refuses an edge and a node that are not there, with those that are', async () => {
  const refused = { code: 'fault-refused', exitCode: 64 };
  await expect(lab.control.apply({ kind: 'edge-disable', edge: 'a:b' })).rejects.toMatchObject(refused);
  await expect(lab.control.undo({ kind: 'edge-restore', edge: 'a:b' })).rejects.toMatchObject(refused);
  await expect(lab.control.apply({ kind: 'node-kill', node: 'client-1' })).rejects.toMatchObject(refused);
});

describe('healAll', () => {
  const expectHealed = async () => {
    await eventually('every edge and node is as the topology says', async () => {
      const reading = await lab.control.read();
      for (const one of reading.edges) expect(one).toEqual({ edge: one.edge, state: 'enabled', toxics: [] });
      for (const one of reading.nodes) expect(one.running, one.node).toBe(true);
      return true;
    });
    await roundTrip();
  };

  it('undoes several faults at once', async () => {
    await lab.control.apply({ kind: 'toxic-add', edge, toxic: toxic('timeout', 'upstream', { timeout: 0 }) });
    await lab.control.apply({ kind: 'edge-disable', edge: 'api-1:payment-1' });
    await lab.control.apply({ kind: 'node-kill', node: 'payment-1' });
    await lab.control.apply({ kind: 'node-kill', node: 'pg-1' });
    await lab.control.healAll();
    await expectHealed();
  });

  it('rebuilds the proxies after kill -9 of Toxiproxy', async () => {
    signalToxiproxy('SIGKILL');
    await eventually('the edges are missing', async () =>
      (await readEdge())?.state === 'missing' ? true : undefined,
    );
    await lab.control.healAll();
    await expectHealed();
    const probe = lab.state.probes['api-1'];
    await eventually('the api is ready again', async () =>
      probe && (await isReady(probe)) ? true : undefined,
    );
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)('starts a node when process-compose got %s', async (name) => {
    const [supervisor] = lab.control.carriers().filter((one) => one.name === 'process-compose');
    process.kill(supervisor?.pid ?? 0, name);
    await eventually('it is gone', async () => ((await lab.control.read()).supervised ? undefined : true));
    const before = (await lab.control.read()).nodes;
    await lab.control.apply({ kind: 'node-kill', node: 'payment-1' });
    await lab.control.healAll();
    await expectHealed();
    expect((await lab.control.read()).supervised).toBe(true);
    // The others went on without it.
    const others = ({ node }: { readonly node: string }) => node !== 'payment-1';
    expect((await lab.control.read()).nodes.filter(others)).toEqual(before.filter(others));
  });

  it('replaces a Toxiproxy that does not answer', async () => {
    const [before] = processesOfNode(lab.state, toxiproxyProcess);
    signalToxiproxy('SIGSTOP');
    await lab.control.healAll();
    await expectHealed();
    const [after] = processesOfNode(lab.state, toxiproxyProcess);
    expect(after?.pid).not.toBe(before?.pid);
  });

  it('undoes two edges side by side with one new Toxiproxy', async () => {
    signalToxiproxy('SIGSTOP');
    const seen = new Set<number>();
    const watch = setInterval(() => {
      for (const { pid } of processesOfNode(lab.state, toxiproxyProcess)) seen.add(pid);
    }, 10);
    try {
      const undo = (one: string) => lab.control.undo({ kind: 'edge-restore', edge: one });
      await Promise.all([undo(edge), undo('api-1:payment-1')]);
    } finally {
      clearInterval(watch);
    }
    expect(seen.size).toBe(2); // the one that hung, and the new one
    await expectHealed();
  });

  it('lets no late call land after it', async () => {
    signalToxiproxy('SIGSTOP');
    const late = toxic('timeout', 'upstream', { timeout: 0 });
    // Toxiproxy says nothing at all: that the call ends is our own deadline's doing.
    await expect(lab.control.apply({ kind: 'toxic-add', edge, toxic: late })).rejects.toMatchObject({
      code: 'control-failed',
    });
    const healed = lab.control.undo({ kind: 'edge-restore', edge });
    signalToxiproxy('SIGCONT');
    await healed;
    await expectEdge(restored);
  });
});
