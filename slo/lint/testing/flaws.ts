import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { levelByNumber } from '@firedrill/topology';
import { parseSpec, sloCatalogue, slosOf, specFile } from '../../catalogue.ts';
import type { Clock } from '../../clock.ts';
import { alertWindows, parseWindows, windowsFile } from '../../windows.ts';
import type { LintRule, SpecToLint, WindowsToLint } from '../rule.ts';

const committed = (file: string): string => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

/** Changes one place of a text, and says so when there is none. */
export function changed(text: string, [from, to]: readonly [from: string, to: string]): string {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`nothing to change: ${from}`);
  return result;
}

export const specText = (level = 1): string => committed(specFile(level));

/** `path: problem: fix` of what a rule finds in level 1's spec after a change. */
export function specFlaws(
  rule: LintRule<SpecToLint>,
  change?: readonly [from: string, to: string],
  around: Partial<SpecToLint> = {},
): readonly string[] {
  const spec = parseSpec(change === undefined ? specText() : changed(specText(), change), 'f');
  const windows = { drill: alertWindows('drill'), production: alertWindows('production') };
  const input = { spec, slos: slosOf(spec, 1), level: levelByNumber(1), windows, takenIds: new Map() };
  return lines(rule.find({ ...input, ...around }));
}

/** The same of a clock's alert windows. */
export function windowsFlaws(
  rule: LintRule<WindowsToLint>,
  change?: readonly [from: string, to: string],
  clock: Clock = 'drill',
): readonly string[] {
  const text = committed(windowsFile(clock));
  const windows = parseWindows(change === undefined ? text : changed(text, change), 'f');
  const production = alertWindows('production');
  return lines(rule.find({ windows, clock, production, slos: sloCatalogue(1) }));
}

const lines = (flaws: ReturnType<LintRule<unknown>['find']>): readonly string[] =>
  flaws.map(({ path, problem, fix }) => `${path.join('.')}: ${problem}: ${fix}`);
