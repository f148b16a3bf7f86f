import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { $ } from 'zx';
import { predictedDetection } from '../burn-rate/detection.ts';
import { sloCatalogue } from '../catalogue.ts';
import { generatedRulesFile } from '../generated.ts';
import { alertWindows } from '../windows.ts';
import { replayOnProduction, type SecondCount } from './production.ts';
import { promtoolCase } from './promtool-case.ts';

const slo = sloCatalogue(1).find((candidate) => candidate.name === 'checkout-availability')!;
const rulesFile = generatedRulesFile(1, 'production');
const windows = alertWindows('production').pairs.flatMap((pair) => [pair.shortSeconds, pair.longSeconds]);

let folder: string;
let promtool: string;
let groups: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-replay-'));
  promtool = (await provision(['prometheus'])).get('prometheus')!.bin('promtool');
  groups = parse(await readFile(rulesFile, 'utf8')).groups.map((group: { name: string }) => group.name);
});

afterAll(() => rm(folder, { recursive: true }));

/** Asks promtool whether the real rules see at the end of a series what `fires` says. Returns its complaint, or ''. */
async function complaint(
  series: readonly SecondCount[],
  fires: { page: boolean; ticket: boolean },
): Promise<string> {
  const file = join(folder, 'case.test.yaml');
  const asks = (['page', 'ticket'] as const).map((severity) => ({
    alert: slo.alert,
    severity,
    fires: fires[severity],
  }));
  const [operation] = slo.operations;
  await writeFile(
    file,
    promtoolCase({
      rulesFile,
      groups,
      service: slo.service,
      operation: operation!,
      quietDays: 3,
      quietPerSecond: 2,
      series,
      windows,
      asks,
    }),
  );
  const result = await $({ quiet: true, nothrow: true })`${promtool} test rules ${file}`;
  return result.exitCode === 0 ? '' : `${result}`;
}

const steady = (seconds: number, errorRatio: number): SecondCount[] =>
  Array.from({ length: seconds }, () => ({ good: 2 * (1 - errorRatio), bad: 2 * errorRatio }));
const verdict = (series: readonly SecondCount[]) => {
  const { wouldPage, wouldTicket } = replayOnProduction(series, {
    errorBudget: slo.errorBudget,
    quietPerSecond: 2,
  });
  return { page: wouldPage, ticket: wouldTicket };
};

describe('the replay agrees with promtool on the real production rules', () => {
  // Ratios that cross between two seconds: on a tie the last digit of a sum of floats would decide.
  it.each([
    ['page quick', 'page', 1],
    ['page slow', 'page', 0.107],
    ['ticket quick', 'ticket', 0.053],
    ['ticket slow', 'ticket', 0.023],
  ] as const)('at the edge of the %s leg', async (name, severity, errorRatio) => {
    const options = { errorBudget: slo.errorBudget, quietPerSecond: 2 };
    const predicted = predictedDetection(alertWindows('production'), severity, slo.errorBudget, {
      errorRatio,
    })!;
    const long = steady(Math.ceil(predicted.seconds) + 10, errorRatio);
    const { atSecond, pair } = replayOnProduction(long, options)[severity];
    expect(`${pair?.severity} ${pair?.speed}`).toBe(name);
    expect(atSecond).toBe(Math.ceil(predicted.seconds));
    const at = long.slice(0, atSecond);
    const before = long.slice(0, atSecond! - 1);
    expect(verdict(at)[severity]).toBe(true);
    expect(verdict(before)[severity]).toBe(false);
    expect(await complaint(at, verdict(at))).toBe('');
    expect(await complaint(before, verdict(before))).toBe('');
  });

  it('for an error ratio that changes, and traffic that falls to a tenth', async () => {
    const series = [
      ...steady(300, 0.9),
      ...steady(1200, 0).map(({ good }) => ({ good: good / 10, bad: 0 })),
      ...steady(200, 1),
    ];
    const options = { errorBudget: slo.errorBudget, quietPerSecond: 2 };
    const { atSecond } = replayOnProduction(series, options).page;
    expect(atSecond).toBeGreaterThan(1500);
    expect(await complaint(series.slice(0, atSecond), verdict(series.slice(0, atSecond)))).toBe('');
    const before = series.slice(0, atSecond! - 1);
    expect(verdict(before).page).toBe(false);
    expect(await complaint(before, verdict(before))).toBe('');
  });

  it('and promtool does complain when the verdict is wrong', async () => {
    expect(await complaint(steady(600, 1), { page: false, ticket: true })).toMatch(/FAILED/);
  });
});
