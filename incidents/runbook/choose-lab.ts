import { FiredrillError } from '@firedrill/errors';
import { findLab, type LabState, requireLab } from '@firedrill/lab';
import type { Runbook } from '@firedrill/runbooks';

/**
 * The running lab of a level, or the only one of the levels at which the alert exists.
 * @throws {FiredrillError} `lab-not-running`, `usage`.
 */
export async function chooseLab(runbook: Runbook, level: number | undefined): Promise<LabState> {
  if (level !== undefined) {
    requireLevel(runbook, level);
    return requireLab(level);
  }
  const found = (await Promise.all(runbook.levels.map((one) => findLab(one)))).filter(
    (lab) => lab !== undefined,
  );
  const [only, another] = found;
  if (only === undefined) return requireLab(runbook.levels[0] ?? 1);
  if (another === undefined) return only;
  throw new FiredrillError('usage', 'several labs run', {
    where: '--level',
    fix: `use one of ${found.map((lab) => lab.level).join(', ')}`,
  });
}

/** @throws {FiredrillError} `usage` where there is no such alert. */
export function requireLevel(runbook: Runbook, level: number): void {
  if (runbook.levels.includes(level)) return;
  throw new FiredrillError('usage', `level ${level} has no alert ${runbook.alert}`, {
    where: '--level',
    fix: `use one of ${runbook.levels.join(', ')}`,
  });
}
