import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireLevel } from './experiment.ts';
import { experiments, findExperiment } from './index.ts';

test('every experiment file is registered under its own name, and no other', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => !file.endsWith('.test.ts'))
    .filter((file) =>
      readFileSync(join(import.meta.dirname, file), 'utf8').includes('satisfies Experiment;'),
    );
  expect(experiments.map((experiment) => `${experiment.name}.ts`).sort()).toEqual(files.sort());
});

test('an experiment is found by name and by path', async () => {
  expect((await findExperiment('lose-api', '/')).name).toBe('lose-api');
  expect((await findExperiment('./lose-api.ts', import.meta.dirname)).name).toBe('lose-api');
});

test.each([
  ['nope', 'usage', /lose-api, partition-primary, slow-primary/],
  ['./nope.ts', 'usage', undefined],
  ['./selector.ts', 'invalid-data', /satisfies Experiment/],
])('%s is refused', async (name, code, fix) => {
  const error = await findExperiment(name, import.meta.dirname).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code,
    message: expect.stringContaining(code === 'usage' ? 'nope' : 'default export'),
  });
  if (fix !== undefined) expect(error).toMatchObject({ fix: expect.stringMatching(fix) });
});

test('an experiment runs only on the levels it names', () => {
  for (const experiment of experiments) {
    for (const level of experiment.levels) requireLevel(experiment, level);
    expect(() => requireLevel(experiment, 7)).toThrow(
      expect.objectContaining({ code: 'usage', where: '--level', fix: 'use one of 1' }),
    );
  }
});

test('a variant changes only what it names', async () => {
  const [withVariants] = experiments.filter((experiment) => Object.keys(experiment.variants).length > 0);
  for (const changes of Object.values(withVariants?.variants ?? {})) {
    expect(Object.values(changes).every((value) => value !== undefined)).toBe(true);
    expect(changes).not.toHaveProperty('controlMs');
  }
});
