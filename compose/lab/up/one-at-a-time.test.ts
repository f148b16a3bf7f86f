import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { labsFolder } from '../control/lab-home.ts';
import { oneAtATime } from './one-at-a-time.ts';

const name = `test-${process.pid}`;

it('runs two pieces of work on the same thing one after the other, and leaves nothing', async () => {
  const steps: string[] = [];
  const work = (which: string) =>
    oneAtATime(name, 10_000, async () => {
      steps.push(`${which} begins`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      steps.push(`${which} ends`);
    });
  await Promise.all([work('a'), work('b')]);
  const first = steps[0]?.[0];
  const second = first === 'a' ? 'b' : 'a';
  expect(steps).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
  expect(existsSync(join(labsFolder(), `${name}.busy`))).toBe(false);
});

it('says who is busy when it takes too long', async () => {
  await oneAtATime(name, 1000, async () => {
    await expect(oneAtATime(name, 200, async () => {})).rejects.toMatchObject({
      code: 'lab-busy',
      where: name,
    });
  });
});

it('does not mistake one thing for another', async () => {
  await oneAtATime(name, 1000, () => oneAtATime(`${name}-other`, 200, async () => {}));
});

it('lets go when the work fails', async () => {
  await expect(oneAtATime(name, 1000, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await oneAtATime(name, 200, async () => {});
});
