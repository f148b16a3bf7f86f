import { expect, test } from 'vitest';
import { type Heard, Pulse } from './pulse.ts';

interface Written extends Heard {
  readonly atMs: number;
}

/** A beat every 2 s but from `silentFrom` to `silentTo`, looked at twice a second. `dead`: meanwhile nobody answers at all. */
async function follow(silentFrom: number, silentTo: number, dead: boolean): Promise<readonly Written[]> {
  const written: Written[] = [];
  let nowMs = 0;
  const pulse = new Pulse({
    read: async () => {
      const isSilent = (ms: number): boolean => ms >= silentFrom && ms < silentTo;
      if (dead && isSilent(nowMs)) throw new Error('nobody answers');
      const beats = Array.from({ length: 30 }, (_, index) => 2000 * index).filter((ms) => !isSilent(ms));
      return beats.findLast((ms) => ms <= nowMs);
    },
    record: (heard) => written.push({ ...heard, atMs: nowMs }),
    patienceMs: 6000,
    now: () => nowMs,
  });
  for (; nowMs < 45_000; nowMs += 500) await pulse.look().catch(() => {});
  return written;
}

test('what beats is written down every five seconds', async () => {
  const written = await follow(100_000, 100_000, false);
  expect(written.map(({ atMs }) => atMs / 1000)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
  expect(Math.max(...written.map(({ silentMs }) => silentMs))).toBeLessThan(2000);
});

test.each([
  ['it is silent', false],
  ['nobody answers', true],
])('while %s, its last beat before and its first after are known to the moment', async (_what, dead) => {
  const written = await follow(12_000, 33_000, dead);
  const heard = written.map(({ lastMs }) => lastMs);
  expect(heard.filter((ms, index) => ms !== heard[index - 1])).toEqual([
    0, 4000, 10_000, 34_000, 38_000, 44_000,
  ]);
  expect(written.find(({ lastMs }) => lastMs === 34_000)?.atMs).toBe(34_000);
  expect(Math.max(...written.map(({ silentMs }) => silentMs))).toBeGreaterThan(18_000);
});

test('who never answers is silent since somebody first listened', async () => {
  const written: Heard[] = [];
  let nowMs = 1000;
  const pulse = new Pulse({
    read: () => Promise.reject(new Error('nobody answers')),
    record: (heard) => written.push(heard),
    patienceMs: 6000,
    now: () => nowMs,
  });
  await expect(pulse.look()).rejects.toThrow('nobody answers');
  nowMs = 9000;
  await expect(pulse.look(true)).rejects.toThrow('nobody answers');
  expect(written).toEqual([
    { lastMs: undefined, silentMs: 0 },
    { lastMs: undefined, silentMs: 8000 },
  ]);
});
