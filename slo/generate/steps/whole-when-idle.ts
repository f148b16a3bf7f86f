import { FiredrillError } from '@firedrill/errors';
import { isAlert, type RuleFile } from '../rule-file.ts';

const burnRate = 'slo:period_burn_rate:ratio';

/**
 * While nobody asks anything for a whole period its error ratio is 0/0 = NaN, and so were what is left of the budget. Nothing
 * was spent: the burn rate is 0. Where there is no ratio at all, because nobody counts, there stays none.
 */
export function wholeWhenIdle(file: RuleFile): RuleFile {
  return {
    groups: file.groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) =>
        !isAlert(rule) && rule.record === burnRate ? { ...rule, expr: withoutNaN(rule.expr) } : rule,
      ),
    })),
  };
}

/** `ratio / on(…) group_left budget`, as Sloth writes it. */
function withoutNaN(expr: string): string {
  const ratio = /^slo:sli_error:ratio_rate\w+\{[^{}]*\}/.exec(expr)?.[0];
  if (ratio === undefined) {
    throw new FiredrillError('invalid-data', `Sloth's ${burnRate} does not begin with the period's ratio`);
  }
  return `(${ratio} >= 0 or 0 * count without () (${ratio}))${expr.slice(ratio.length)}`;
}
