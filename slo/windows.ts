import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FiredrillError } from '@firedrill/errors';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { parseDuration } from './duration.ts';

export type Severity = 'page' | 'ticket';

/** One leg of an alert: it burns when the short and the long window both exceed θ. */
export interface WindowPair {
  readonly severity: Severity;
  readonly speed: 'quick' | 'slow';
  readonly shortSeconds: number;
  readonly longSeconds: number;
  /** The share of the period's budget that burning at exactly θ for the long window spends, e.g. 2. */
  readonly errorBudgetPercent: number;
  /** Burn-rate factor B = errorBudgetPercent/100 × period/long, e.g. 14.4. */
  readonly factor: number;
}

export interface AlertWindows {
  readonly periodSeconds: number;
  /** Page quick, page slow, ticket quick, ticket slow. */
  readonly pairs: readonly WindowPair[];
}

const duration = z.string().transform((text, context) => {
  const seconds = parseDuration(text);
  if (seconds === undefined || seconds <= 0) {
    context.addIssue({ code: 'custom', message: `"${text}" is not a Prometheus duration above 0` });
    return z.NEVER;
  }
  return seconds;
});

const pairSchema = z.strictObject({
  errorBudgetPercent: z.number(),
  shortWindow: duration,
  longWindow: duration,
});
const legsSchema = z.strictObject({ quick: pairSchema, slow: pairSchema });

/** Sloth's `AlertWindows` (https://sloth.dev/usage/slo-period-windows/). */
export const windowsSchema = z.strictObject({
  apiVersion: z.literal('sloth.slok.dev/v1'),
  kind: z.literal('AlertWindows'),
  spec: z.strictObject({ sloPeriod: duration, page: legsSchema, ticket: legsSchema }),
});

/** The folder that Sloth takes as `--slo-period-windows-path`. */
export const windowsFolder = (clock: Clock): string => join(import.meta.dirname, 'windows', clock);

/** @throws {FiredrillError} `invalid-data`, naming file and field. */
export function parseWindows(text: string, file: string): AlertWindows {
  const parsed = windowsSchema.safeParse(parse(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new FiredrillError('invalid-data', issue.message, {
      where: `${file}: ${issue.path.join('.') || 'document'}`,
      fix: 'see https://sloth.dev/usage/slo-period-windows/',
    });
  }
  return toAlertWindows(parsed.data);
}

/** Pure: the pairs with their burn-rate factors. */
export function toAlertWindows({ spec }: z.output<typeof windowsSchema>): AlertWindows {
  const pairs = (['page', 'ticket'] as const).flatMap((severity) =>
    (['quick', 'slow'] as const).map((speed): WindowPair => {
      const { errorBudgetPercent, shortWindow, longWindow } = spec[severity][speed];
      const factor = (errorBudgetPercent / 100) * (spec.sloPeriod / longWindow);
      return {
        severity,
        speed,
        shortSeconds: shortWindow,
        longSeconds: longWindow,
        errorBudgetPercent,
        factor,
      };
    }),
  );
  return { periodSeconds: spec.sloPeriod, pairs };
}

/** The one windows file of a clock, relative to `slo/`. */
export function windowsFile(clock: Clock): string {
  const files = readdirSync(windowsFolder(clock)).filter((name) => name.endsWith('.yaml'));
  if (files.length !== 1) {
    throw new FiredrillError('invalid-data', `slo/windows/${clock} has ${files.length} files`, {
      fix: 'keep exactly one period per clock',
    });
  }
  return join('windows', clock, files[0]!);
}

const cache = new Map<Clock, AlertWindows>();

/** The committed windows of a clock. */
export function alertWindows(clock: Clock): AlertWindows {
  const windows = cache.get(clock) ?? readWindows(clock);
  cache.set(clock, windows);
  return windows;
}

function readWindows(clock: Clock): AlertWindows {
  const file = windowsFile(clock);
  return parseWindows(readFileSync(join(import.meta.dirname, file), 'utf8'), `slo/${file}`);
}
