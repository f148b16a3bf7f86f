import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { processFinder } from './lab-processes.ts';

const lab = { labId: `finder-${process.pid}`, home: '/nonexistent' };
const patience = { timeout: 30_000 };
const lives: ChildProcess[] = [];
afterEach(() => {
  for (const child of lives.splice(0)) child.kill('SIGKILL');
});

function live(node: string): ChildProcess {
  const env = { ...process.env, FIREDRILL_LAB: lab.labId, FIREDRILL_NODE: node };
  const child = spawn('sleep', ['60'], { env, stdio: 'ignore' });
  lives.push(child);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

test('a node is found in each of its lives, and in none of another node’s', async () => {
  const find = processFinder(lab, 'b');
  live('a');
  expect(find()).toBe(undefined);
  for (let life = 0; life < 3; life += 1) {
    const child = live('b');
    await expect.poll(() => find()?.pid, patience).toBe(child.pid);
    await end(child);
    expect(find()).toBe(undefined);
  }
});

test('of several processes of a node the first is found', async () => {
  const [first] = [live('c'), live('c')];
  await expect.poll(() => processFinder(lab, 'c')()?.pid, patience).toBe(first?.pid);
});
