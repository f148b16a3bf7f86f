import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { predictedDetection } from '../burn-rate/detection.ts';
import { cadence } from '../cadence.ts';
import { levelsWithSlos, parseSpec, sloCatalogue, slosOf } from '../catalogue.ts';
import { type Clock, clocks } from '../clock.ts';
import { formatDuration } from '../duration.ts';
import { isAlert, ruleFileSchema } from '../generate/rule-file.ts';
import { runSloth } from '../generate/sloth.ts';
import { findSloth } from '../generate/sloth-origin.ts';
import { finishRules } from '../generate.ts';
import { generatedRulesFile } from '../generated.ts';
import { changed, specText } from '../lint/testing/flaws.ts';
import { alertWindows, type WindowPair } from '../windows.ts';
import type { AlertCase, PastFault } from './alert-case.ts';
import { alertTests } from './alert-tests.ts';
import { legCases } from './leg-cases.ts';
import { pageLife } from './page-life.ts';
import { promtoolComplaint } from './promtool.ts';
import { type RulesUnderTest, rulesUnderTest } from './rules-under-test.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-rule-tests-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const complaint = (rules: RulesUnderTest, cases: readonly AlertCase[]): Promise<string> =>
  promtoolComplaint(alertTests(rules, cases));

const ofLegs = ({ slos, clock }: RulesUnderTest): readonly AlertCase[] =>
  legCases(slos, alertWindows(clock), cadence[clock].signalsSeconds);

const cells = levelsWithSlos().flatMap((level) => clocks.map((clock) => [level, clock] as const));

it.each(cells)(
  'level %i, %s: each leg fires, is silent just under θ and resets as the formula says',
  async (level, clock) => {
    const rules = rulesUnderTest(generatedRulesFile(level, clock), clock, sloCatalogue(level));
    expect(await complaint(rules, ofLegs(rules))).toBe('');
  },
);

// Of one level: every alert of the drill is held by the same step.
it('a page of the drill fires without a break until its reset, and 10 s beyond it', async () => {
  const slos = sloCatalogue(1);
  const rules = rulesUnderTest(generatedRulesFile(1, 'drill'), 'drill', slos);
  expect(await promtoolComplaint([pageLife(rules, slos[0]!)])).toBe('');
});

describe('99.9 % over 30 days, made by Sloth from a spec', () => {
  let rules: RulesUnderTest;

  beforeAll(async () => {
    const spec = changed(specText(1), ['objective: 99\n', 'objective: 99.9\n']);
    const [specPath, rulesPath] = [join(folder, 'spec.yaml'), join(folder, 'rules.yaml')];
    await writeFile(specPath, spec);
    const sloth = await runSloth(await findSloth('native'), specPath, 'production');
    await writeFile(rulesPath, finishRules(sloth, 'production'));
    rules = rulesUnderTest(rulesPath, 'production', slosOf(parseSpec(spec, specPath), 1).slice(0, 1));
  });

  const page = (name: string, fires: boolean, fault: PastFault): AlertCase => ({
    name,
    severity: 'page',
    fires,
    faults: new Map([[rules.slos[0]!, fault]]),
    evenSeconds: Number.POSITIVE_INFINITY,
    turn: 0,
  });

  // As measured once with every evaluation, 5 s apart; that may have been one later than the scrapes allowed.
  it.each([
    [1, 55],
    [0.5, 105],
    [0.15, 350],
    [0.1, 525],
    [0.05, 1040],
    [0.02, 2595],
  ])('pages an error ratio of %d after %i s, to one evaluation', async (errorRatio, measured) => {
    const { seconds } = predictedDetection(alertWindows('production'), 'page', 0.001, { errorRatio })!;
    const first = Math.ceil(seconds / 5) * 5;
    expect(Math.abs(first - measured)).toBeLessThanOrEqual(5);
    const lasted = (lastedSeconds: number): PastFault => ({ errorRatio, lastedSeconds, endedSecondsAgo: 0 });
    const cases = [page('before', false, lasted(first - 5)), page('at', true, lasted(first))];
    expect(await complaint(rules, cases)).toBe('');
  });

  it.each([
    ['under 129.6 error-seconds, by the quick leg', 60, 295.68],
    ['over 129.6 error-seconds, by the slow leg', 200, 1789.2],
  ])('ends the page of an outage %s', async (_which, lastedSeconds, resetSeconds) => {
    const ended = (endedSecondsAgo: number): PastFault => ({ errorRatio: 1, lastedSeconds, endedSecondsAgo });
    const cases = [
      page('before', true, ended(resetSeconds - 5)),
      page('after', false, ended(resetSeconds + 5)),
    ];
    expect(await complaint(rules, cases)).toBe('');
  });
});

describe('the tests notice', () => {
  const clock: Clock = 'drill';
  const { pairs } = alertWindows(clock);

  /** The rules of level 1's first SLO with another expression in the alert of a pair. */
  async function changedRules(
    { severity }: WindowPair,
    change: readonly [from: string | RegExp, to: string],
  ): Promise<RulesUnderTest> {
    const text = await readFile(generatedRulesFile(1, clock), 'utf8');
    const groups = ruleFileSchema.parse(parse(text)).groups.slice(0, 2);
    const rule = groups
      .flatMap((group) => group.rules)
      .find((one) => isAlert(one) && one.labels?.['severity'] === severity)!;
    const before = rule.expr;
    rule.expr = before.replaceAll(...change);
    expect(rule.expr).not.toBe(before);
    const path = join(folder, 'changed.yaml');
    await writeFile(path, stringify({ groups }));
    return rulesUnderTest(path, clock, sloCatalogue(1).slice(0, 1));
  }

  const window = (seconds: number): string => `ratio_rate${formatDuration(seconds)}{`;
  const otherThan = (seconds: number): number => (seconds === 360 ? 1440 : 360);

  const flaws = pairs.flatMap((pair) => [
    [`${pair.severity} ${pair.speed}`, 'short window', pair, pair.shortSeconds] as const,
    [`${pair.severity} ${pair.speed}`, 'long window', pair, pair.longSeconds] as const,
  ]);

  it.each(flaws)('%s: another %s', async (leg, _which, pair, seconds) => {
    const rules = await changedRules(pair, [window(seconds), window(otherThan(seconds))]);
    expect(await complaint(rules, ofLegs(rules))).toContain(`${leg} (`);
  });
});
