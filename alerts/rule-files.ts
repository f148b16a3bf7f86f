import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, generatedRulesFile } from '@firedrill/slo';

const folder = join(import.meta.dirname, 'rules');

/** Absolute paths of the hand-written rules: Watchdog, components, probes, correctness, rule evaluation. */
export function handWrittenRuleFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** Absolute paths of all that Prometheus loads at a level: the SLOs' rules first. */
export function prometheusRuleFiles(level: number, clock: Clock): readonly string[] {
  return [generatedRulesFile(level, clock), ...handWrittenRuleFiles()];
}

/**
 * How soon Prometheus repeats an alert to Alertmanager. An alert ends by itself 4 × this after the last repeat, so with the
 * default of 1 m the Watchdog would beat on for minutes after Prometheus died.
 */
export const prometheusAlertFlags: readonly string[] = ['--rules.alert.resend-delay=5s'];
