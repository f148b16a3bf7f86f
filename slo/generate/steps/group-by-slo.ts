import { FiredrillError } from '@firedrill/errors';
import type { Cadence } from '../../cadence.ts';
import { formatDuration } from '../../duration.ts';
import { isAlert, type Rule, type RuleFile, type RuleGroup } from '../rule-file.ts';

const prefixes = {
  sli: 'sloth-slo-sli-recordings-',
  metadata: 'sloth-slo-meta-recordings-',
  alerts: 'sloth-slo-alerts-',
} as const;

/**
 * Sloth's three groups of an SLO → two. `slo-<id>`: its SLIs, then its alerts, so that one evaluation carries an error all
 * the way (in groups of their own an alert waits for its next turn). `slo-<id>-budget`: the whole period's ratio and the
 * metadata, seldom, because that ratio reads all the history there is.
 */
export function groupBySlo(file: RuleFile, periodWindow: string, cadence: Cadence): RuleFile {
  const ids = file.groups.flatMap(({ name }) =>
    name.startsWith(prefixes.sli) ? [name.slice(prefixes.sli.length)] : [],
  );
  const groups = ids.flatMap((id): RuleGroup[] => {
    const [sli, metadata, alerts] = [prefixes.sli, prefixes.metadata, prefixes.alerts].map((prefix) =>
      rulesOf(file, `${prefix}${id}`),
    ) as [Rule[], Rule[], Rule[]];
    const isPeriod = (rule: Rule): boolean =>
      !isAlert(rule) && rule.labels?.['sloth_window'] === periodWindow;
    if (!sli.some(isPeriod)) {
      throw new FiredrillError('invalid-data', `Sloth made no ratio over ${periodWindow} for ${id}`);
    }
    return [
      {
        name: `slo-${id}`,
        interval: formatDuration(cadence.signalsSeconds),
        rules: [...sli.filter((rule) => !isPeriod(rule)), ...alerts],
      },
      {
        name: `slo-${id}-budget`,
        interval: formatDuration(cadence.budgetSeconds),
        rules: [...sli.filter(isPeriod), ...metadata],
      },
    ];
  });
  const taken = ids.length * Object.keys(prefixes).length;
  if (taken !== file.groups.length) {
    throw new FiredrillError(
      'invalid-data',
      `Sloth made ${file.groups.length} groups where ${taken} were expected`,
    );
  }
  return { groups };
}

function rulesOf(file: RuleFile, name: string): Rule[] {
  const group = file.groups.find((candidate) => candidate.name === name);
  if (group === undefined) throw new FiredrillError('invalid-data', `Sloth made no group ${name}`);
  return group.rules;
}
