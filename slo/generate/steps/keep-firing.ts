import { formatDuration } from '../../duration.ts';
import { isAlert, type RuleFile } from '../rule-file.ts';

/** Holds every alert for a while after its expression went quiet, which Sloth cannot say. 0 changes nothing. */
export function keepFiring(file: RuleFile, seconds: number): RuleFile {
  if (seconds === 0) return file;
  return {
    groups: file.groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) =>
        isAlert(rule) ? { ...rule, keep_firing_for: formatDuration(seconds) } : rule,
      ),
    })),
  };
}
