import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pageAssets } from '../server/assets.ts';
import { nothingYet } from '../watch/part.ts';
import { ageSeconds, stateModule } from './shown-age.ts';

const nowMs = Date.parse('2026-01-01T00:00:10Z');
const seenAt = (second: number) => ({
  value: null,
  at: new Date(Date.parse('2026-01-01T00:00:00Z') + 1000 * second).toISOString(),
  problem: null,
});
const shown = { slos: seenAt(9), paging: seenAt(9.5), incidents: seenAt(9.2), topology: seenAt(8.75) };

it('is as old as its oldest part, whichever that is', () => {
  expect(ageSeconds(shown, nowMs)).toBeCloseTo(1.25);
  for (const part of ['slos', 'paging', 'incidents', 'topology']) {
    expect(ageSeconds({ ...shown, [part]: seenAt(3) }, nowMs)).toBeCloseTo(7);
  }
});

it('has no age while a part was never known, or nothing came', () => {
  expect(ageSeconds({ ...shown, incidents: nothingYet }, nowMs)).toBeUndefined();
  expect(ageSeconds(null, nowMs)).toBeUndefined();
});

it('asks the module that the page draws from', () => {
  const assets = pageAssets();
  const textOf = (path: string): string => gunzipSync(assets.get(path)!.gzip).toString();
  expect(textOf('/page/main.ts')).toContain(`from '.${stateModule.slice('/page'.length)}'`);
  expect(textOf(stateModule)).toMatch(/export const state\b/);
});
