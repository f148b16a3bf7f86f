import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { nodeUrl } from '../addresses.ts';
import type { Control } from '../control/control.ts';
import { createControl } from '../control/create-control.ts';
import { labHome, labIdOf } from '../control/lab-home.ts';
import { labLockHeld, underLabLock } from '../control/lab-lock.ts';
import { processesOfLab } from '../control/lab-processes.ts';
import { readLabState } from '../control/lab-state-file.ts';
import { bootId, isAlive, type ProcessIdentity, processEntry } from '../control/process-table.ts';
import { findLab, requireLab } from '../find-lab.ts';
import { labDown } from '../lab-down.ts';
import { getJson } from '../testing/ask.ts';
import { eventually } from '../testing/eventually.ts';
import type { Wired } from '../wiring/wiring.ts';
import { isFree } from './free-ports.ts';
import { type LabUpOptions, labUp } from './lab-up.ts';
import { portsOf } from './other-labs.ts';

const level = 1;
const outerScope = process.env.FIREDRILL_LAB_SCOPE;
const scope = (name: string) => {
  process.env.FIREDRILL_LAB_SCOPE = `${outerScope}-${name}`;
};

// Whole or broken, `up` takes what the test before left: only who says so begins with nothing.
beforeEach(() => scope('a'));
const withNothing = () => labDown({ level });
afterAll(async () => {
  for (const name of ['a', 'b']) {
    scope(name);
    await labDown({ level });
  }
  process.env.FIREDRILL_LAB_SCOPE = outerScope;
});

const thisLab = () => ({ labId: labIdOf(level), home: labHome(level) });
const up = (options: Partial<LabUpOptions> = {}) => labUp({ level, clock: 'drill', ...options });

const expectNothingLeft = async (ports: readonly number[] = []) => {
  expect(processesOfLab(thisLab())).toEqual([]);
  expect(existsSync(thisLab().home)).toBe(false);
  for (const port of ports) expect(await isFree(port), `port ${port}`).toBe(true);
};

const supervisorOf = (entries: readonly ProcessIdentity[]): ProcessIdentity => {
  const found = entries.find(({ pid }) =>
    readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('process-compose'),
  );
  if (found === undefined) throw new Error('process-compose does not run');
  return found;
};

const change =
  (name: string, patch: (wired: Wired) => Partial<Wired>) =>
  (processes: readonly Wired[]): readonly Wired[] =>
    processes.map((wired) => (wired.name === name ? { ...wired, ...patch(wired) } : wired));

/** Where it does not matter which: those that are ready at once, also on a slow machine. */
const few = (processes: readonly Wired[]): readonly Wired[] =>
  processes.filter(({ name }) => ['toxiproxy', 'pg-1', 'payment-1', 'receiver-1'].includes(name));

/** A Toxiproxy that does not answer within a second is read as one that has lost its edges. */
const expectWhole = (control: Control) =>
  eventually('every node runs, and every edge stands', async () => {
    const { nodes, edges } = await control.read();
    expect(nodes.filter((node) => !node.running)).toEqual([]);
    expect(edges.filter((edge) => edge.state !== 'enabled')).toEqual([]);
    return true;
  });

describe('labUp', () => {
  it('starts a whole lab, finds it the second time, and labDown leaves nothing of it', async () => {
    await withNothing();
    let nodesAtPrepare: readonly string[] = [];
    const { state, started } = await up({
      onEvent: (event) => {
        if (event.type !== 'step' || event.step !== 'prepare') return;
        nodesAtPrepare = Object.keys(readLabState(thisLab().home)?.probes ?? {});
      },
    });
    expect(started).toBe(true);
    // A run's guardian starts there, and heals what lab.json names.
    expect(nodesAtPrepare).toEqual(Object.keys(state.probes));
    // Whoever puts load on it is counted at once.
    const { data } = (await getJson(`${nodeUrl(state, 'prometheus-1')}/api/v1/targets`)) as {
      data: { activeTargets: readonly { readonly labels: { instance: string }; readonly health: string }[] };
    };
    const users = data.activeTargets.find(({ labels }) => labels.instance === 'client-1');
    expect(users).toMatchObject({ health: 'down' });
    await expectWhole(createControl(state));
    expect(await up()).toMatchObject({ started: false, state });

    const processes = processesOfLab(state);
    expect(await labDown({ level })).toBe(true);
    expect(processes.filter(isAlive)).toEqual([]);
    await expectNothingLeft(portsOf(state));
    expect(await labDown({ level })).toBe(false);
  });

  it('cleans a lab whose process-compose was killed, and starts anew', async () => {
    const { state } = await up({ rewire: few });
    const old = processesOfLab(state);
    process.kill(supervisorOf(old).pid, 'SIGKILL');
    await eventually('it is gone', async () => ((await findLab(level)) === undefined ? true : undefined));
    expect(old.filter(isAlive).length).toBeGreaterThan(3); // the nodes themselves live on
    const { nodes } = await createControl(state).read();
    expect(nodes.every((node) => node.running)).toBe(true);

    const events: string[] = [];
    const again = await up({ onEvent: (event) => events.push(event.type) });
    expect(events).toContain('cleaned');
    expect(again.started).toBe(true);
    expect(old.filter(isAlive)).toEqual([]);
    expect(again.state.secrets).not.toEqual(state.secrets);
  });

  it('heals what a run that died left, instead of a new start', async () => {
    const { state } = await up();
    const control = createControl(state);
    await control.apply({ kind: 'edge-disable', edge: 'api-1:pg-1' });
    await control.apply({ kind: 'node-kill', node: 'api-1' });
    expect(await up()).toMatchObject({ started: false, state });
    await expectWhole(control);
  });

  it('recovers what a run left whose runner and guardian were killed', async () => {
    const { state } = await up();
    const leave = (ownsLab: boolean, startTime = '1', boot = bootId()) => {
      mkdirSync(join(state.home, 'guardian'), { recursive: true });
      const someone = { pid: process.pid, startTime };
      const owner = { run: 'r', ownsLab, bootId: boot, runner: someone, guardian: someone };
      writeFileSync(join(state.home, 'guardian', 'owner.json'), JSON.stringify(owner));
    };
    const control = createControl(state);
    const fault = { kind: 'edge-disable', edge: 'api-1:pg-1' } as const;
    const expectStates = (states: readonly string[]) =>
      eventually(`its edges are ${states.join(' or ')}`, async () => {
        const { edges } = await control.read();
        expect(new Set(edges.map((edge) => edge.state))).toEqual(new Set(states));
        return true;
      });

    await control.apply(fault);
    leave(false, processEntry(process.pid)?.startTime);
    await requireLab(level); // the run lives: its fault is meant
    await expectStates(['enabled', 'disabled']);

    leave(false);
    await requireLab(level);
    await expectStates(['enabled']);
    expect(existsSync(join(state.home, 'guardian'))).toBe(false);

    await control.apply(fault);
    leave(false, processEntry(process.pid)?.startTime, 'before the reboot');
    await requireLab(level); // the pids are of others by now
    await expectStates(['enabled']);

    leave(true);
    await expect(requireLab(level)).rejects.toMatchObject({ code: 'lab-not-running' });
    await expectNothingLeft(portsOf(state));
  });

  it('brings a kept lab back whose run, guardian and process-compose were all killed', async () => {
    const { state } = await up({ rewire: few });
    const dead = { pid: process.pid, startTime: '1' };
    const owner = { run: 'r', ownsLab: false, bootId: bootId(), runner: dead, guardian: dead };
    mkdirSync(join(state.home, 'guardian'), { recursive: true });
    writeFileSync(join(state.home, 'guardian', 'owner.json'), JSON.stringify(owner));
    process.kill(supervisorOf(processesOfLab(state)).pid, 'SIGKILL');
    await eventually('it is gone', async () => ((await findLab(level)) === undefined ? true : undefined));
    expect(await up()).toMatchObject({ started: false });
    expect((await findLab(level))?.labId).toBe(state.labId);
    const { nodes } = await createControl(state).read();
    expect(nodes.filter((node) => !node.running)).toEqual([]);
  });

  it('leaves a broken lab alone while a run holds it', async () => {
    const { state } = await up({ rewire: few });
    const [flock = '', ...words] = underLabLock(state.home);
    const holder = spawn(flock, [...words, 'sleep', '300'], { stdio: 'ignore' });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await eventually('the lock is held', async () => (labLockHeld(state.home) ? true : undefined));
    const control = createControl(state);
    await control.apply({ kind: 'edge-disable', edge: 'api-1:pg-1' });
    expect(await up()).toMatchObject({ started: false });
    await eventually('the fault is still in', async () => {
      const fault = { edge: 'api-1:pg-1', state: 'disabled', toxics: [] };
      expect((await control.read()).edges).toContainEqual(fault);
      return true;
    });
    await expect(up({ clock: 'production' })).rejects.toMatchObject({ code: 'lab-busy' });
    process.kill(supervisorOf(processesOfLab(state)).pid, 'SIGKILL');
    await eventually('it is gone', async () => ((await findLab(level)) === undefined ? true : undefined));
    // PostgreSQL's own workers come and go.
    const before = (await control.read()).nodes;
    expect(before.filter((node) => !node.running)).toEqual([]);
    await expect(up()).rejects.toMatchObject({ code: 'lab-busy' });
    expect((await control.read()).nodes).toEqual(before);
  });

  it('runs two labs side by side, and the end of one does not touch the other', async () => {
    await withNothing();
    const a = await up({ rewire: few });
    scope('b');
    const b = await up({ rewire: few });
    const both = [...portsOf(a.state), ...portsOf(b.state)];
    expect(new Set(both).size).toBe(both.length);
    scope('a');
    await labDown({ level });
    await expectNothingLeft(portsOf(a.state));
    await expectWhole(createControl(b.state));
    scope('b');
    await labDown({ level });
  });

  it('takes everything down when a node ends, and shows its last words', async () => {
    await withNothing();
    const script = 'console.error("the moon is missing"); process.exit(3)';
    const broken = change('payment-1', () => ({ argv: [process.execPath, '-e', script] }));
    const error = await up({ rewire: broken }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'node-unhealthy', exitCode: 69 });
    expect(String(error)).toMatch(
      /payment-1 ended with exit code 3; its last log lines: the moon is missing/,
    );
    await expectNothingLeft();
    expect(existsSync(dirname(thisLab().home)) && existsSync(`${thisLab().home}.busy`)).toBe(false);
  });

  it('takes everything down when a node never becomes ready', async () => {
    await withNothing();
    const deaf = change('receiver-1', ({ probe }) => ({
      probe: probe && { ...probe, kind: 'http', path: '/nowhere' },
    }));
    // Alone: on a machine that stalls, another one might not be ready within the ten seconds either, and be named.
    const rewire = (processes: readonly Wired[]) =>
      deaf(processes).filter(({ name }) => name === 'receiver-1');
    const error = await up({ rewire, readyDeadlineMs: 10_000 }).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(
      /receiver-1 was not ready within 10 s; its last log lines: receiver listens/,
    );
    await expectNothingLeft();
  });

  it('says which port was taken meanwhile', async () => {
    await withNothing();
    const thief = createServer();
    let port = 0;
    const steal = (processes: readonly Wired[]): readonly Wired[] => {
      port = Number(processes.find((wired) => wired.name === 'receiver-1')?.env.RECEIVER_PORT);
      thief.listen({ host: '127.0.0.1', port });
      return processes;
    };
    try {
      const error = await up({ rewire: steal }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'port-taken', where: `127.0.0.1:${port}` });
      await expectNothingLeft();
    } finally {
      thief.close();
    }
  });
});
