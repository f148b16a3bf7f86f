import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alertWindows } from '@firedrill/slo';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reportData } from '../report-data.ts';
import { fixtureRun, writeFixtureRun } from '../testing/fixture-run.ts';
import { burnRate } from './burn-rate.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'firedrill-burn-rate-'));
  await writeFixtureRun(dir, fixtureRun());
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('looks as far back as its windows, into the quiet history that came before the load', async () => {
  const data = await reportData(dir);
  const slow = alertWindows('drill').pairs[1]!;
  const plot = burnRate({ ...data, detections: data.detections.map((one) => ({ ...one, pair: slow })) });
  expect(plot?.limits).toMatchObject([{ value: 6 }]);
  // At the heal, in the 90th second of the load.
  const at = (name: string): number =>
    plot?.series.find((one) => one.name === `${name} by events`)?.points[89]?.[1] ?? 0;
  expect(at('30s')).toBeGreaterThan(80);
  // 30 s of the 360 in which there were as many requests, and not of the 90 of the load: of these it would be 33.
  expect(at('6m')).toBeGreaterThan(6);
  expect(at('6m')).toBeLessThan(11);
});
