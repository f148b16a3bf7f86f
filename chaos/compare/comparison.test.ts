import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { experiments } from '../experiments/index.ts';
import { shop } from '../targets/shop.ts';
import { comparisonExitCode, comparisonOf, isDone } from './comparison-of.ts';
import { comparisonSchema } from './comparison-result.ts';
import { comparisonText, plannedText } from './comparison-text.ts';
import { drawComparison } from './draw-comparison.ts';
import { planComparison } from './plan-comparison.ts';
import { spanText } from './row-words.ts';
import { runComparison } from './run-comparison.ts';
import { downUntilHeal, madeComparison, madeRow } from './testing/made-comparison.ts';

const experiment = experiments.find(({ name }) => name === 'partition-primary')!;
const planned = planComparison({ experiment, target: shop, seed: 1 });

it('what was still down at the heal was healed by us, whatever was measured', () => {
  expect(spanText({ ms: 120_412, healedByUs: true }, 120_000, 'none')).toBe('≥ 120 s (healed by us)');
  expect(spanText({ ms: 21_930, healedByUs: false }, 120_000, 'none')).toBe('21.9 s');
  expect(spanText(null, 120_000, 'none')).toBe('none');
});

describe('the table', () => {
  const text = comparisonText(madeComparison, 'runs/comparisons/compare-0a1b2c3d');

  it('has both rows of level 3, and what each level came to', () => {
    expect(text).toMatch(
      /^1 +≥ 120 s \(healed by us\) +1160 of 1800 +119\.5 s +0\.461 % +10\.7 s \(CheckoutAvailability\) +10\.7 s +≥ 120 s \(healed by us\) +0$/m,
    );
    expect(text).toMatch(/^3, untouched +≥ 120 s/m);
    expect(text).toMatch(/^3, promoted by its runbook +31\.2 s .* 31\.3 s +0 \(2 writes in promise\)$/m);
    expect(text).toMatch(/^4 +21\.9 s .*no page +no page +never hurt +0$/m);
  });

  it('says what is the same everywhere, what the runbook did, and how it goes on', () => {
    expect(text).toMatch(/the same 10 requests a second of the same mix \(seed 1\), the fault in for 120 s/);
    expect(text).toMatch(/checkout-availability at 99 %/);
    expect(text).toMatch(/level 1: 99 %, level 3: 99\.5 %, level 4: 99\.8 %/);
    expect(text).toMatch(/^3, promoted by its runbook: promote pg-2 done after 30\.9 s$/m);
    expect(text).toMatch(/the key compare-0a1b2c3d goes on where it stopped$/);
  });

  it('names what did not pass, what is not known, and a hold that was too short', () => {
    const { figures: _, ...unknown } = madeRow(2, { verdict: 'missing', problems: ['no lab'] });
    const rows = [madeRow(1, { verdict: 'inconclusive', problems: ['inconclusive witness: x'] }), unknown];
    const spoilt = comparisonText({ ...madeComparison, rows, heldLongEnough: false }, 'runs');
    expect(spoilt).toMatch(/^1 \(inconclusive\) +≥/m);
    expect(spoilt).toMatch(/^2 +missing( +–)+$/m);
    expect(spoilt).toMatch(/^2: no lab$/m);
    expect(spoilt).toMatch(/less than three times the slowest recovery/);
  });

  it('of a dry run has every row with what is done to it', () => {
    expect(plannedText(planned)).toMatch(
      /^level 3: drop: .*; CheckoutAvailability is answered by its runbook$/m,
    );
    expect(plannedText(planned)).toMatch(/^10 requests a second, seed 1, the fault in for 2m, /m);
  });
});

describe('the picture', () => {
  const svg = drawComparison(madeComparison);

  it('is the same bytes again, alone, without a script', () => {
    expect(drawComparison(madeComparison)).toBe(svg);
    expect(svg).toMatch(/^<svg [^>]*aria-label="comparison"[^>]*>\n<style>/);
    expect(svg).not.toContain('<script');
  });

  it('has a bar and its words for each row', () => {
    for (const words of [
      'level 3, untouched',
      'level 3, promoted by its runbook',
      '≥ 120 s (healed by us)',
      '21.9 s',
    ])
      expect(svg).toContain(words);
  });
});

describe('a comparison of what its rows came to', () => {
  it('is well-formed, and says whether it was held long enough', () => {
    expect(comparisonSchema.parse(madeComparison)).toEqual(madeComparison);
    expect(comparisonOf(planned, madeComparison.rows)).toMatchObject({
      heldLongEnough: true,
      holdMs: 120_000,
    });
    const recovery = { ms: 41_000, healedByUs: false };
    const slow = madeRow(4, { figures: { ...downUntilHeal, recovery } });
    expect(comparisonOf(planned, [slow])).toMatchObject({ heldLongEnough: false });
    // What a person did is no recovery by itself.
    expect(comparisonOf(planned, [{ ...slow, answered: 'runbook' }])).toMatchObject({ heldLongEnough: true });
  });

  it('exits with 0 when all is known and well, 1 where a row failed, 2 where something is not known', () => {
    const exit = (...rows: (typeof madeComparison.rows)[number][]) =>
      comparisonExitCode({ ...madeComparison, rows });
    expect(exit(madeRow(1), madeRow(2))).toBe(0);
    expect(exit(madeRow(1, { verdict: 'missing' }), madeRow(2, { verdict: 'fail' }))).toBe(1);
    for (const verdict of ['inconclusive', 'aborted', 'missing'] as const)
      expect(exit(madeRow(1, { verdict }))).toBe(2);
    expect(comparisonExitCode({ ...madeComparison, heldLongEnough: false })).toBe(2);
  });
});

describe('a comparison that was cut off', () => {
  it('begins a row again that came to no verdict of its own', () => {
    const kept = (['pass', 'fail', 'inconclusive', 'aborted', 'missing'] as const).filter((verdict) =>
      isDone(madeRow(1, { verdict })),
    );
    expect(kept).toEqual(['pass', 'fail', 'inconclusive']);
  });

  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'firedrill-compare-'));
  });
  afterEach(() => rmSync(out, { recursive: true }));

  it('plays nothing again that came to a verdict', async () => {
    const rows = planned.rows.map(({ row, topology }) =>
      madeRow(topology.number, { row, answered: row.endsWith('runbook') ? 'runbook' : 'nobody' }),
    );
    const folder = join(out, 'comparisons', planned.key);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const nobody = () => Promise.reject(new FiredrillError('internal', 'a row was played'));
    const said: string[] = [];
    const { comparison, stopped } = await runComparison({
      planned,
      out,
      again: false,
      onLine: (line) => void said.push(line),
      openPager: nobody,
      openResponder: nobody,
    });
    expect(comparison.rows).toEqual(rows);
    expect([stopped, said]).toEqual([undefined, []]);
  });
});
