import { expect, it } from 'vitest';
import { experiments } from '../experiments/index.ts';
import { prepareRun } from './prepare-run.ts';
import { nativeOnly } from './runtime-for.ts';

const whyNot = async (experiment: string, level?: number, variant?: string) =>
  nativeOnly((await prepareRun({ experiment, level, variant, seed: 1, clock: 'drill' }, '/')).plan);

it.each([1, 4])('a partition at level %i may be done in containers', async (level) => {
  expect(await whyNot('partition-primary', level)).toBe(undefined);
});

it('what needs a file, a disk or a place on this machine may not', async () => {
  expect(await whyNot('bad-release')).toBe('release');
  const refused = await Promise.all(experiments.map(({ name }) => whyNot(name)));
  expect(refused.filter((why) => why !== undefined).length).toBeLessThan(experiments.length / 2);
});
