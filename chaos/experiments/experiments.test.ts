import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownAlerts } from '@firedrill/alerts';
import { clocks } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { describe, expect, test } from 'vitest';
import { makePlan } from '../engine/plan.ts';
import { planSchema } from '../journal/event.ts';
import { parseExperiment } from './experiment.ts';
import { experimentAt, lowestLevel, requireLevel } from './experiment-at.ts';
import { experiments, findExperiment } from './index.ts';
import { cells } from './testing/cells.ts';

test('every experiment file is registered under its own name, and no other', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
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
  ['nope', 'usage', /lose-api, lose-documents, lose-etcd-member/],
  ['./nope.ts', 'usage', undefined],
  ['./selector.ts', 'invalid-data', /satisfies Experiment/],
])('%s is refused', async (name, code, fix) => {
  const error = await findExperiment(name, import.meta.dirname).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    code,
    ...(name === 'nope'
      ? { message: 'unknown experiment nope' }
      : { where: name, message: expect.stringMatching(/no such file|no default export/) }),
  });
  if (fix !== undefined) expect(error).toMatchObject({ fix: expect.stringMatching(fix) });
});

test('an experiment runs only on the levels it names', () => {
  for (const { experiment, variant, level } of cells) requireLevel(experiment, level, variant);
  for (const experiment of experiments) {
    const fix = `use one of ${experiment.levels.join(', ')}`;
    expect(() => requireLevel(experiment, 7)).toThrow(
      expect.objectContaining({ code: 'usage', where: '--level', fix }),
    );
  }
  const loseprimary = experiments.find(({ name }) => name === 'lose-primary')!;
  expect(() => requireLevel(loseprimary, 1, 'promoted')).toThrow(
    /--variant promoted does not run on level 1/,
  );
});

test('level 4 has all that the levels below it have, so every experiment runs there, too', () => {
  expect(experiments.filter(({ levels }) => !levels.includes(4)).map(({ name }) => name)).toEqual([]);
});

test('without a level it runs on the cheapest that it names', () => {
  for (const experiment of experiments) expect(lowestLevel(experiment)).toBe(Math.min(...experiment.levels));
  expect(lowestLevel(experiments.find(({ name }) => name === 'lose-primary')!, 'promoted')).toBe(3);
});

describe.each(cells)('$name', ({ experiment, variant, level }) => {
  const topology = levelByNumber(level);
  const at = experimentAt(experiment, level, variant);

  test.each(clocks)('has a plan on the %s clock that fits its schema', (clock) => {
    const plan = makePlan({ experiment, variant, topology, seed: 1, clock });
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(new Set(plan.faults.map(({ id }) => id)).size).toBe(plan.faults.length);
    for (const { atMs } of plan.operator) {
      expect(plan.faults.some(({ startMs, endMs }) => startMs < atMs && atMs < endMs)).toBe(true);
    }
  });

  test('believes something of the users before, during and after the fault', () => {
    expect(at.hypothesis.length).toBeGreaterThan(20);
    const phases = new Set(at.hypotheses.map(({ phase }) => phase));
    expect([...phases]).toEqual(expect.arrayContaining(['control', 'recovered']));
    expect(phases.has('fault') || phases.has('mitigated')).toBe(true);
  });

  test('expects alerts that there are, and allows each other one by its name with a reason', () => {
    const named = (one: { readonly severity: string; readonly alert: string }) =>
      `${one.severity} ${one.alert}`;
    expect([...knownAlerts(level)]).toEqual(expect.arrayContaining(at.alerts.expected.map(named)));
    const everywhere = experiment.levels.flatMap((one) => [...knownAlerts(one)]);
    expect(everywhere).toEqual(expect.arrayContaining(at.alerts.allowed.map(named)));
    for (const { reason } of at.alerts.allowed) expect(reason.length).toBeGreaterThan(10);
  });
});

test('what differs on a level is of a level that the experiment names', () => {
  for (const { levels, byLevel, variants } of experiments) {
    const named = [byLevel, ...Object.values(variants).map((variant) => variant.byLevel)].flatMap(
      Object.keys,
    );
    for (const level of named) expect(levels).toContain(Number(level));
  }
});

test('the later change wins: level, variant, variant on the level', () => {
  const experiment = parseExperiment(
    {
      ...experiments[0],
      levels: [1, 2],
      title: 'base',
      byLevel: { 2: { title: 'level' } },
      variants: { other: { title: 'variant', byLevel: { 2: { title: 'variant on level' } } }, empty: {} },
    },
    'my.ts',
  );
  const title = (level: number, variant?: string) => experimentAt(experiment, level, variant).title;
  expect([title(1), title(2), title(1, 'other'), title(2, 'other'), title(2, 'empty')]).toEqual([
    'base',
    'level',
    'variant',
    'variant on level',
    'level',
  ]);
});

test('a variant changes only what it names', () => {
  for (const { variants } of experiments) {
    for (const changes of Object.values(variants)) {
      expect(Object.values(changes).every((value) => value !== undefined)).toBe(true);
      expect(changes).not.toHaveProperty('controlMs');
      // An empty default must not wipe out what the experiment says.
      if ('operator' in changes) expect(changes.operator?.length).toBeGreaterThan(0);
    }
  }
});
