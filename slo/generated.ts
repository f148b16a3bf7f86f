import { join } from 'node:path';
import type { Clock } from './clock.ts';

/** Where the committed rules of a level and clock are: `sloth.yaml` (untouched), `rules.yaml` and, with an SLA, `sla.yaml` (what Prometheus loads). */
export const generatedFolder = (level: number, clock: Clock): string =>
  join(import.meta.dirname, 'generated', `level-${level}`, clock);

/** Absolute path of the SLOs' rules that Prometheus loads. */
export const generatedRulesFile = (level: number, clock: Clock): string =>
  join(generatedFolder(level, clock), 'rules.yaml');

/** Absolute path of the SLAs' rules, where the level has an SLA. */
export const generatedSlaFile = (level: number, clock: Clock): string =>
  join(generatedFolder(level, clock), 'sla.yaml');
