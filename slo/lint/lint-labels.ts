import type { Level } from '@firedrill/topology';
import type { SpecSlo } from '../catalogue/spec.ts';
import type { Finding, FindingPlace } from './finding.ts';

/** Will Alertmanager, the receiver and the reader of the alert know what it is? */
export function lintLabels(slo: SpecSlo, level: Level, at: FindingPlace): readonly Finding[] {
  const findings: Finding[] = [];
  const wanted = { service: level.service, level: String(level.number) };
  for (const [name, value] of Object.entries(wanted)) {
    if (slo.alerting.labels?.[name] === value) continue;
    findings.push({
      ...at(`alerting.labels.${name}`),
      problem: `is not ${value}`,
      fix: `write ${name}: "${value}"`,
    });
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
      problem: "does not name the alert's runbook",
      fix: `write runbooks/${slo.alerting.name}.md`,
    });
  }
  return findings;
}
