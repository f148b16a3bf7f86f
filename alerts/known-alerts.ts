import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { logRulesFile } from './log-rules.ts';
import { watchdogMissing } from './receiver/watchdog.ts';
import { prometheusRuleFiles } from './rule-files.ts';

const ruleFileSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({ alert: z.string().optional(), labels: z.record(z.string(), z.string()).optional() }),
      ),
    }),
  ),
});

const cache = new Map<number, ReadonlySet<string>>();

/** Every alert that can reach the receiver at a level, as `page CheckoutAvailability`, and its own `WatchdogMissing`. */
export function knownAlerts(level: number): ReadonlySet<string> {
  const known = cache.get(level);
  if (known !== undefined) return known;
  const rules = [...prometheusRuleFiles(level, 'drill'), logRulesFile].flatMap((file) =>
    ruleFileSchema.parse(parse(readFileSync(file, 'utf8'))).groups.flatMap((group) => group.rules),
  );
  const names = rules.flatMap(({ alert, labels }) =>
    alert === undefined ? [] : [`${labels?.['severity'] ?? ''} ${alert}`],
  );
  const all = new Set([...names, `${watchdogMissing.severity} ${watchdogMissing.alert}`]);
  cache.set(level, all);
  return all;
}
