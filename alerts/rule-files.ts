import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, generatedRulesFile, generatedSlaFile } from '@firedrill/slo';

const folder = join(import.meta.dirname, 'rules');

/**
 * Absolute paths of a level's hand-written rules: those in `rules/` are every level's; those in `rules/level-N/` ask for what
 * level N added, so they are the rules of N and of every level above it.
 */
export function handWrittenRuleFiles(level: number): readonly string[] {
  const added = Array.from({ length: level }, (_, index) => join(folder, `level-${index + 1}`));
  return [folder, ...added].flatMap((path) =>
    existsSync(path)
      ? readdirSync(path)
          .filter((name) => name.endsWith('.yaml'))
          .sort()
          .map((name) => join(path, name))
      : [],
  );
}

/** Absolute paths of all that Prometheus loads at a level: the SLOs' rules first, then the SLAs'. */
export function prometheusRuleFiles(level: number, clock: Clock): readonly string[] {
  const sla = generatedSlaFile(level, clock);
  return [
    generatedRulesFile(level, clock),
    ...(existsSync(sla) ? [sla] : []),
    ...handWrittenRuleFiles(level),
  ];
}

/**
 * How soon Prometheus repeats an alert to Alertmanager. An alert ends by itself 4 × this after the last repeat, so with the
 * default of 1 m the Watchdog would beat on for minutes after Prometheus died.
 */
export const prometheusAlertFlags: readonly string[] = ['--rules.alert.resend-delay=5s'];
