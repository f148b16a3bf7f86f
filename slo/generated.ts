import { join } from 'node:path';
import type { Clock } from './clock.ts';

/** Where the committed rules of a level and clock are: `sloth.yaml` (untouched) and `rules.yaml` (what Prometheus loads). */
export const generatedFolder = (level: number, clock: Clock): string =>
  join(import.meta.dirname, 'generated', `level-${level}`, clock);

/** Absolute path of the rules that Prometheus loads. */
export const generatedRulesFile = (level: number, clock: Clock): string =>
  join(generatedFolder(level, clock), 'rules.yaml');
