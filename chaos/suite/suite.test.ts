import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisCheckout } from '@firedrill/lab/control';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { experiments } from '../experiments/index.ts';
import { experimentJsonSchema, experimentSchemaFile } from '../experiments/json-schema.ts';
import { type Cell, cellName, parseCell } from './cell.ts';
import { suiteJsonSchema, suiteSchemaFile } from './json-schema.ts';
import { matrixCells } from './matrix.ts';
import { planSuite } from './plan-suite.ts';
import { inSeededOrder } from './seeded-order.ts';
import { readSuite } from './suite.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'firedrill-suite-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (text: string): void => writeFileSync(join(folder, 's.yaml'), text);

describe('a suite', () => {
  test('multiplies levels, variants and seeds, and takes each cell once', async () => {
    write(`
name: some
cells:
  - { experiment: partition-primary, levels: [2, 1], variants: [stall], seeds: [1, 2] }
  - { experiment: partition-primary, levels: [1], variants: [stall] }
  - { experiment: exhaust-pool }
`);
    const { cells } = await readSuite('s.yaml', folder);
    expect(cells.map(cellName)).toEqual([
      'partition-primary:stall@2#1',
      'partition-primary:stall@2#2',
      'partition-primary:stall@1#1',
      'partition-primary:stall@1#2',
      'exhaust-pool@2#1',
      'exhaust-pool@3#1',
      'exhaust-pool@4#1',
    ]);
  });

  test('has a key that is of its plans, so that what changes begins anew', async () => {
    const key = async (text: string): Promise<string> => {
      write(`name: some\ncells: [${text}]`);
      return (await planSuite(await readSuite('s.yaml', folder), 'drill')).key;
    };
    const first = await key('{ experiment: lose-api, levels: [1] }');
    expect(first).toMatch(/^some-[0-9a-f]{8}$/);
    expect(await key('{ experiment: lose-api, levels: [1], seeds: [1] }')).toBe(first);
    expect(await key('{ experiment: lose-api, levels: [1], seeds: [2] }')).not.toBe(first);
  });

  test.each([
    ['name: x\ncells: []', /\(s\.yaml: cells\): give at least 1/],
    [
      'name: x\ncells: [{ experiment: lose-api, level: 1 }]',
      /\(s\.yaml: cells\[0\]\.level\): use one of .*levels/,
    ],
    ['name: x\ncells: [{ experiment: lose-apy }]', /unknown experiment lose-apy/],
    ['name: x\ncells: [{ experiment: ./no.yaml }]', /there is no such file \(\.\/no\.yaml\)/],
    ['name: x\ncells: [{ experiment: lose-api, levels: [9] }]', /lose-api does not run on level 9/],
    ['name: x\ncells: [{ experiment: lose-api, variants: [y] }]', /lose-api has no variant y/],
  ])('is refused in one line: %j', async (text, line) => {
    write(text);
    const read = readSuite('s.yaml', folder).then((suite) => planSuite(suite, 'drill'));
    const error = await read.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ exitCode: 64 });
    expect((error as { toLine(): string }).toLine()).toMatch(line);
  });
});

describe('the matrix', () => {
  test('is every experiment on each of its levels, the cheap levels first', () => {
    const cells = matrixCells({ experiments, seeds: [1], variants: false });
    expect(cells).toHaveLength(experiments.reduce((sum, { levels }) => sum + levels.length, 0));
    expect(cells.map(({ level }) => level)).toEqual(cells.map(({ level }) => level).sort());
  });

  test('of some experiments, levels and seeds, with variants on their cheapest level', () => {
    const cells = matrixCells({
      experiments,
      levels: [1, 3],
      seeds: [4, 5],
      names: ['lose-primary'],
      variants: true,
    });
    expect(cells.map(cellName)).toEqual([
      'lose-primary@1#4',
      'lose-primary@1#5',
      'lose-primary@3#4',
      'lose-primary:promoted@3#4',
      'lose-primary@3#5',
      'lose-primary:promoted@3#5',
    ]);
  });

  test.each([
    [{ names: ['lose-apy'] }, '--experiments'],
    [{ names: ['exhaust-pool'], levels: [1] }, '--levels'],
  ])('is refused for %j', (changes, where) => {
    expect(() => matrixCells({ experiments, seeds: [1], variants: false, ...changes })).toThrow(
      expect.objectContaining({ code: 'usage', where }),
    );
  });
});

test('an endless order is the same for the same seed, and has each cell once a round', () => {
  const cells = matrixCells({ experiments, levels: [1], seeds: [1], variants: false });
  const names = (seed: number): readonly string[] => {
    const order = inSeededOrder(cells, seed);
    return Array.from({ length: 2 * cells.length }, () => (order.next().value as Cell).experiment);
  };
  expect(names(5)).toEqual(names(5));
  expect(names(5)).not.toEqual(names(6));
  const all = cells.map(({ experiment }) => experiment).sort();
  expect(names(5).slice(0, cells.length).sort()).toEqual(all);
  expect(names(5).slice(cells.length).sort()).toEqual(all);
});

test('a cell is read back from its name', () => {
  for (const cell of matrixCells({ experiments, seeds: [7], variants: true }))
    expect(parseCell(cellName(cell))).toEqual({ variant: undefined, ...cell });
  expect(parseCell('lose-api@2')).toMatchObject({ seed: 1 });
  expect(() => parseCell('lose-api')).toThrow(/not a cell/);
});

describe('the JSON schemas', () => {
  const examples = join(thisCheckout, 'docs', 'examples');
  const schemas = [
    ['experiment', experimentSchemaFile, experimentJsonSchema, /^(?!.*\.suite).*\.yaml$/],
    ['suite', suiteSchemaFile, suiteJsonSchema, /\.suite\.yaml$/],
  ] as const;

  test.each(schemas)(
    '%s: is committed as it is generated, and takes the examples',
    (_name, file, made, which) => {
      expect(readFileSync(file, 'utf8')).toBe(made());
      const accepts = new Ajv2020({ strict: false }).compile(JSON.parse(made()));
      const found = readdirSync(examples).filter((name) => which.test(name));
      expect(found.length).toBeGreaterThan(0);
      for (const name of found) {
        const data = parse(readFileSync(join(examples, name), 'utf8'));
        expect(accepts(data), JSON.stringify(accepts.errors)).toBe(true);
        expect(accepts({ ...data, misspelt: 1 })).toBe(false);
      }
    },
  );
});
