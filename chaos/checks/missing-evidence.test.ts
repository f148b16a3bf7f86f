import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fixtureRun, writeFixtureRun } from '../report/testing/fixture-run.ts';
import { checkRun } from './check-run.ts';

// Each looks at a whole run again and again, on a machine that others use.
vi.setConfig({ testTimeout: 120_000 });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-missing-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** The verdict of the folder, or the code by which it is refused. */
async function outcome(): Promise<string> {
  try {
    return (await checkRun(dir)).verdict;
  } catch (error) {
    if (error instanceof FiredrillError) return error.code;
    throw error;
  }
}

const withoutLine = (text: string, at: number): string =>
  text
    .split('\n')
    .filter((_line, index) => index !== at)
    .join('\n');

test('the whole run passes', async () => {
  await writeFixtureRun(dir, fixtureRun());
  expect(await outcome()).toBe('pass');
});

test.each(['journal.jsonl', 'ledger.jsonl'])('without %s it does not', async (file) => {
  await writeFixtureRun(dir, fixtureRun());
  await rm(join(dir, file));
  expect(await outcome()).not.toBe('pass');
});

test('without any piece of its evidence it does not', async () => {
  await writeFixtureRun(dir, fixtureRun());
  const files = await readdir(join(dir, 'evidence'));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const path = join(dir, 'evidence', file);
    const whole = await readFile(path);
    await rm(path);
    expect(await outcome(), file).toBe('inconclusive');
    await writeFile(path, whole);
  }
});

test('without any line of its journal or of its ledger, and without the end of either, it does not', async () => {
  await writeFixtureRun(dir, fixtureRun());
  const files = ['journal.jsonl', 'ledger.jsonl'] as const;
  const whole = new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(dir, file), 'utf8')] as const)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.constantFrom('line', 'end'),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      async (file, what, place) => {
        const text = whole.get(file) ?? '';
        const lines = text.trimEnd().split('\n').length;
        const at = Math.floor(place * lines);
        const spoilt =
          what === 'line' ? withoutLine(text, at) : `${text.split('\n').slice(0, at).join('\n')}\n`;
        for (const [name, content] of whole) {
          await writeFile(join(dir, name), name === file ? spoilt : content);
        }
        expect(await outcome()).not.toBe('pass');
      },
    ),
    { numRuns: 25 },
  );
});

test('without any reading that shows where the fault bit, it does not', async () => {
  const run = fixtureRun();
  const needed = run.journal.filter((event) => event.type === 'witness' && event.reading.role === 'touched');
  for (const gone of needed) {
    // The old connection’s reading of after: a drop may have closed it long before.
    if (gone.type === 'witness' && gone.reading.stage === 'after' && gone.reading.connection === 'old')
      continue;
    await writeFixtureRun(dir, { ...run, journal: run.journal.filter((event) => event !== gone) });
    expect(await outcome(), JSON.stringify(gone)).toBe('inconclusive');
  }
});
