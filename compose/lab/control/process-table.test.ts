import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { allProcesses, ancestry, isAlive, processEntry, withDescendants } from './process-table.ts';
import { killUntilGone } from './signal.ts';

const entry = (pid: number, parent: number) => ({ pid, parent, startTime: '1', stopped: false });
const table = [entry(1, 0), entry(2, 1), entry(3, 2), entry(4, 3), entry(5, 1)];

describe('the process table', () => {
  it('finds descendants in any order', () => {
    const found = withDescendants(table.toReversed(), ({ pid }) => pid === 2);
    expect(found.map(({ pid }) => pid).toSorted()).toEqual([2, 3, 4]);
  });

  it('finds the line of parents', () => {
    expect([...ancestry(table, 4)]).toEqual([4, 3, 2, 1]);
  });

  it('lists this process with its parent', () => {
    expect(allProcesses().find(({ pid }) => pid === process.pid)).toMatchObject({ parent: process.ppid });
  });

  it('takes a process that only waits to be reaped for gone, and never another one with its pid for it', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const identity = processEntry(child.pid ?? 0);
    if (identity === undefined) throw new Error('the child has no entry');
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTime: '1' })).toBe(false);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(isAlive(identity)).toBe(false);
  });
});

it('kills a process that goes on forking, with all it forked', async () => {
  const script = 'while :; do (sleep 60 & sleep 60 & sleep 0.02); sleep 0.01; done';
  const child = spawn('/bin/sh', ['-c', script], {
    env: { FIREDRILL_TEST: String(process.pid) },
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  const { environmentOf } = await import('./process-table.ts');
  const mark = `FIREDRILL_TEST=${process.pid}`;
  const find = () => allProcesses().filter(({ pid }) => environmentOf(pid).includes(mark));
  while (find().length < 6) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await killUntilGone(find)).toBe(true);
  expect(find()).toEqual([]);
});
