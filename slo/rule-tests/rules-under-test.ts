import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Slo } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import { ruleFileSchema } from '../generate/rule-file.ts';
import type { PromtoolFile } from './promtool-file.ts';

/** A rule file and the SLOs that it was made of. */
export interface RulesUnderTest extends Pick<PromtoolFile, 'rulesFile' | 'groups'> {
  readonly clock: Clock;
  readonly slos: readonly Slo[];
}

export function rulesUnderTest(rulesFile: string, clock: Clock, slos: readonly Slo[]): RulesUnderTest {
  const { groups } = ruleFileSchema.parse(parse(readFileSync(rulesFile, 'utf8')));
  return { rulesFile, groups: groups.map(({ name }) => name), clock, slos };
}
