import { FiredrillError, requireLine } from '@firedrill/errors';
import { formatDuration, parseDuration } from '@firedrill/slo';
import { knownAlerts } from '../known-alerts.ts';
import { watchdogAlert, watchdogMissing } from '../receiver/watchdog.ts';
import type { SilenceDraft } from './silence.ts';

/** A shift: what outlives it is forgotten by whoever made it. */
export const longestSilenceSeconds = 8 * 3600;

/** What a person asks for, as typed. */
export interface SilenceWords {
  readonly alert: string;
  readonly owner: string;
  readonly for: string;
  readonly reason: string;
  readonly severity?: string;
  /** `instance=api-1`. */
  readonly match: readonly string[];
}

/** Pure: the silence that is asked for. @throws {FiredrillError} `usage`, naming what is refused and why. */
export function silenceDraft(level: number, words: SilenceWords, now: Date): SilenceDraft {
  const { alert, severity } = words;
  refuseUnknown(level, alert, severity);
  const matchers = [
    ['alertname', alert],
    ...(severity === undefined ? [] : [['severity', severity]]),
    ...words.match.map(matcherOf),
  ].map(([name = '', value = '']) => ({ name, value, isRegex: false, isEqual: true }));
  return {
    matchers,
    startsAt: now.toISOString(),
    endsAt: new Date(now.getTime() + secondsOf(words.for) * 1000).toISOString(),
    createdBy: requireLine('--owner', words.owner, 'name who answers for it'),
    comment: requireLine('--reason', words.reason, 'say why nobody shall be told'),
  };
}

/** One that matches nothing would leave its owner believing that it does. */
function refuseUnknown(level: number, alert: string, severity: string | undefined): void {
  if (alert === watchdogAlert) {
    throw refusal('the Watchdog cannot be silenced', alert, 'its silence is what pages');
  }
  if (alert === watchdogMissing.alert) {
    const why = 'the receiver raises it itself, past Alertmanager';
    throw refusal(`${alert} cannot be silenced`, why, 'mend the alerting: see its runbook');
  }
  const all = [...knownAlerts(level)].map((known) => known.split(' ') as [string, string]);
  const severities = all.flatMap(([own, name]) => (name === alert ? [own] : []));
  if (severities.length === 0) {
    const names = new Set(all.map(([, name]) => name));
    const others = [...names].filter((name) => name !== watchdogAlert && name !== watchdogMissing.alert);
    const fix = `use one of ${others.toSorted().join(', ')}`;
    throw refusal(`level ${level} has no alert ${alert}`, alert, fix);
  }
  if (severity !== undefined && !severities.includes(severity)) {
    const fix = `use ${severities.toSorted().join(' or ')}`;
    throw refusal(`${alert} is never a ${severity}`, '--severity', fix);
  }
}

function matcherOf(text: string): readonly [string, string] {
  const [, name, value] = /^([a-zA-Z_][a-zA-Z0-9_]*)=(.+)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined && !['alertname', 'severity'].includes(name))
    return [name, value];
  throw refusal(`${text} is no label and its value`, '--match', 'write it as instance=api-1');
}

function secondsOf(text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined || seconds <= 0)
    throw refusal(`${text} is no time`, '--for', 'write it as 30m or 1h30m');
  if (seconds <= longestSilenceSeconds) return seconds;
  const longest = formatDuration(longestSilenceSeconds);
  throw refusal(`${text} is longer than a silence may last`, '--for', `at most ${longest}, then look again`);
}

const refusal = (message: string, where: string, fix: string): FiredrillError =>
  new FiredrillError('usage', message, { where, fix });
