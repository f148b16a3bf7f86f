import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { $ } from 'zx';
import { specFile } from '../catalogue.ts';
import { windowsFile } from '../windows.ts';
import { lintFiles } from './lint.ts';
import { changed } from './testing/flaws.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-sloth-validate-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const spec = specFile(1);
const windows = windowsFile('production');

// Why there is a lint: if Sloth should learn to refuse one of these, its rule can go.
it.each([
  ['short windows over long ones', windows, 'Window: 30m', 'Window: 7h', 'short-under-long'],
  ['900 % of the budget', windows, 'Percent: 2,', 'Percent: 900,', 'spendable-budget'],
  ['windows under two scrapes', windows, 'Window: 5m', 'Window: 5s', 'enough-scrapes'],
  ['retention shorter than the period', windows, '30d', '40d', 'kept-period'],
  ['unknown keys in windows', windows, 'Window: 3d }', 'Window: 3d, slower: 1 }', 'shape'],
  ['unknown keys in a spec', spec, 'page_alert:', 'page_allert:', 'shape'],
  ['objectives whose threshold is over 1', spec, 'objective: 99\n', 'objective: 90\n', 'can-fire'],
  ['too few events', spec, 'objective: 99\n', 'objective: 99.99\n', 'enough-events'],
  ['metrics that there are not', spec, 'client_requests_total', 'client_request_total', 'known-series'],
  ['all buckets at once', spec, ',le="0.5"', '', 'stored-bucket'],
  ['answers in time for late ones', spec, '_count{', '_bucket{le="0.5",', 'late-answers'],
])('sloth validate lets through %s; slo lint does not', async (_what, file, from, to, rule) => {
  const dir = await mkdtemp(join(folder, 'case-'));
  for (const one of [spec, windows]) {
    const text = await readFile(join(import.meta.dirname, '..', one), 'utf8');
    await mkdir(join(dir, one, '..'), { recursive: true });
    await writeFile(join(dir, one), one === file ? changed(text, [from, to]) : text);
  }
  await sloth(dir, from === '30d' ? to : '30d');
  expect(lintFiles([file], dir).findings).toEqual([expect.objectContaining({ file, rule })]);
});

// Those of files that it is given together it does find; but a level's rules are made, and validated, by themselves.
it('sloth validate lets through ids shared across levels; slo lint does not', async () => {
  const dir = await mkdtemp(join(folder, 'case-'));
  const file = specFile(2);
  await mkdir(join(dir, 'specs'));
  const text = await readFile(join(import.meta.dirname, '..', file), 'utf8');
  await writeFile(join(dir, file), text.replaceAll('shop-l2', 'shop-l1'));
  await sloth(dir, '30d', join(import.meta.dirname, '../windows/production'));
  const { findings } = lintFiles([file], dir);
  expect(findings.filter(({ rule }) => rule === 'unique-ids').map(({ problem }) => problem)).toContain(
    'the id shop-l1-checkout-availability of checkout-availability is also in slo/specs/level-1.yaml',
  );
});

/** Fails when Sloth refuses it. */
async function sloth(dir: string, period: string, windowsPath = join(dir, windows, '..')): Promise<void> {
  const program = (await provision(['sloth'])).get('sloth')!.bin('sloth');
  const how = ['--slo-period-windows-path', windowsPath, '--default-slo-period', period, '--no-log'];
  const result = await $({ nothrow: true, quiet: true })`${program} validate -i ${join(dir, 'specs')} ${how}`;
  expect(result.exitCode, `${result.stderr}`).toBe(0);
}
