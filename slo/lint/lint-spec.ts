import type { Level } from '@firedrill/topology';
import { threshold } from '../burn-rate/threshold.ts';
import { readSelection } from '../catalogue/selector.ts';
import type { Spec, SpecSlo } from '../catalogue/spec.ts';
import { slosOf } from '../catalogue.ts';
import type { Clock } from '../clock.ts';
import { formatLe } from '../history/quiet-history.ts';
import { operationRate, trafficShare } from '../traffic.ts';
import type { AlertWindows } from '../windows.ts';
import type { Finding } from './finding.ts';

export interface SpecToLint {
  readonly file: string;
  readonly spec: Spec;
  readonly level: Level;
  readonly windows: Readonly<Record<Clock, AlertWindows>>;
}

/** Fewer bad events than this in the window at θ, and chance alone decides whether it pages. */
const minimumEvents = 10;

/** Pure: what `sloth validate` lets through in a spec. */
export function lintSpec(input: SpecToLint): readonly Finding[] {
  const { file, spec, level } = input;
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
      findings.push({ file, field: `slos.${name}.${field}`, problem: `${name} stands twice`, fix: 'rename one' });
    }
  }
  for (const slo of spec.slos) {
    const at = (field: string) => ({ file, field: `slos.${slo.name}.${field}` });
    findings.push(
      ...lintQueries(slo, spec, at),
      ...lintLabels(slo, level, at),
      ...lintReach(slo, input, at),
    );
  }
  return findings;
}

type At = (field: string) => Pick<Finding, 'file' | 'field'>;

function lintQueries(slo: SpecSlo, spec: Spec, at: At): readonly Finding[] {
  const findings: Finding[] = [];
  const { error_query: errorQuery, total_query: totalQuery } = slo.sli.events;
  const error = readSelection(errorQuery);
  const total = readSelection(totalQuery);
  for (const [field, query] of [['error_query', errorQuery], ['total_query', totalQuery]] as const) {
    const where = at(`sli.events.${field}`);
    if (!query.includes('[{{.window}}]')) {
      findings.push({ ...where, problem: 'has no [{{.window}}]', fix: 'let Sloth fill in the window' });
    }
    const { services, operations } = readSelection(query);
    if (services.length !== 1 || services[0] !== spec.service) {
      findings.push({ ...where, problem: 'does not select its own service', fix: `add service="${spec.service}"` });
    }
    const unknown = operations.filter((operation) => !(operation in trafficShare));
    if (operations.length === 0 || unknown.length > 0) {
      const problem = unknown.length > 0 ? `no operation is called ${unknown.join(', ')}` : 'selects no operation';
      findings.push({ ...where, problem, fix: `use ${Object.keys(trafficShare).join(', ')}` });
    }
  }
  if ([...error.operations].sort().join() !== [...total.operations].sort().join()) {
    findings.push({
      ...at('sli.events.error_query'),
      problem: `counts ${error.operations.join('|')}, but total_query ${total.operations.join('|')}`,
      fix: 'select the same operations in both',
    });
  }
  if (error.le !== undefined && error.le !== formatLe(Number(error.le))) {
    findings.push({
      ...at('sli.events.error_query'),
      problem: `le="${error.le}" selects nothing: Prometheus 3 stores whole bounds as floats`,
      fix: `write le="${formatLe(Number(error.le))}"`,
    });
  }
  return findings;
}

function lintLabels(slo: SpecSlo, level: Level, at: At): readonly Finding[] {
  const findings: Finding[] = [];
  const wanted = { service: level.service, level: String(level.number) };
  for (const [name, value] of Object.entries(wanted)) {
    if (slo.alerting.labels?.[name] === value) continue;
    findings.push({ ...at(`alerting.labels.${name}`), problem: `is not ${value}`, fix: `write ${name}: "${value}"` });
  }
  for (const severity of ['page', 'ticket'] as const) {
    if (slo.alerting[`${severity}_alert`].labels?.['severity'] === severity) continue;
    findings.push({
      ...at(`alerting.${severity}_alert.labels.severity`),
      problem: `is not ${severity}, so Alertmanager would not know it`,
      fix: `write severity: ${severity}`,
    });
  }
  if (slo.alerting.annotations['runbook_url'] !== `runbooks/${slo.alerting.name}.md`) {
    findings.push({
      ...at('alerting.annotations.runbook_url'),
      problem: 'does not name the alert\'s runbook',
      fix: `write runbooks/${slo.alerting.name}.md`,
    });
  }
  return findings;
}

/** Can the alert fire at all, and is it more than chance? */
function lintReach(slo: SpecSlo, { spec, level, windows }: SpecToLint, at: At): readonly Finding[] {
  const findings: Finding[] = [];
  const { errorBudget, operations } = slosOf({ ...spec, slos: [slo] }, level.number)[0]!;
  const rate = operationRate(operations, level.labRps);
  for (const [clock, { pairs }] of Object.entries(windows)) {
    for (const pair of pairs) {
      const limit = threshold(pair, errorBudget);
      const name = `${clock} ${pair.severity} ${pair.speed}`;
      if (limit >= 1) {
        const lowest = 100 * (1 - 1 / pair.factor);
        findings.push({
          ...at('objective'),
          problem: `the ${name} alert needs an error ratio over ${limit.toFixed(3)} and can never fire`,
          fix: `take an objective over ${lowest.toFixed(2)}`,
        });
        continue;
      }
      const events = rate * pair.longSeconds * limit;
      if (events < minimumEvents) {
        findings.push({
          ...at('objective'),
          problem: `the ${name} alert decides on ${events.toFixed(1)} bad events at ${rate.toFixed(2)}/s, fewer than ${minimumEvents}`,
          fix: 'take a lower objective, more operations or more load',
        });
      }
    }
  }
  return findings;
}
