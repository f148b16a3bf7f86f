import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The rules of Loki's ruler, the same at every level: what the logs alone tell. */
export const logRulesFile = join(import.meta.dirname, 'log-rules', 'logs.yaml');

/** The text of {@link logRulesFile}. */
export const logRules = (): string => readFileSync(logRulesFile, 'utf8');

/** How often Loki evaluates them, ms. */
export const logRulesMs = 5000;
