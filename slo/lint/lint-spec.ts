import type { Level } from '@firedrill/topology';
import type { Spec } from '../catalogue/spec.ts';
import { slosOf } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import type { AlertWindows } from '../windows.ts';
import type { Finding } from './finding.ts';
import { lintLabels } from './lint-labels.ts';
import { lintQueries } from './lint-queries.ts';
import { lintReach } from './lint-reach.ts';

export interface SpecToLint {
  readonly file: string;
  readonly spec: Spec;
  readonly level: Level;
  readonly windows: Readonly<Record<Clock, AlertWindows>>;
}

/** Pure: what `sloth validate` lets through in a spec. */
export function lintSpec(input: SpecToLint): readonly Finding[] {
  const { file, spec, level, windows } = input;
  const slos = slosOf(spec, level.number);
  const findings: Finding[] = [];
  if (spec.service !== level.service) {
    findings.push({
      file,
      field: 'service',
      problem: `${spec.service} is not level ${level.number}'s service, so its rules would join another level's`,
      fix: `write ${level.service}`,
    });
  }
  for (const field of ['name', 'alerting.name'] as const) {
    const names = spec.slos.map((slo) => (field === 'name' ? slo.name : slo.alerting.name));
    for (const name of new Set(names.filter((candidate, index) => names.indexOf(candidate) !== index))) {
      findings.push({
        file,
        field: `slos.${name}.${field}`,
        problem: `${name} stands twice`,
        fix: 'rename one',
      });
    }
  }
  for (const [index, slo] of spec.slos.entries()) {
    const at = (field: string) => ({ file, field: `slos.${slo.name}.${field}` });
    findings.push(
      ...lintQueries(slo, spec, at),
      ...lintLabels(slo, level, at),
      ...lintReach({ slo: slos[index]!, level, windows }, at),
    );
  }
  return findings;
}
