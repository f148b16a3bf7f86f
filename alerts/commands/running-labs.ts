import { FiredrillError } from '@firedrill/errors';
import { levels } from '@firedrill/topology';

/** A lab whose Alertmanager can be asked. */
export interface RunningLab {
  readonly level: number;
  readonly alertmanagerUrl: string;
}

/** Finds the lab of a level in this checkout; `undefined` when none runs. */
export type FindLab = (level: number) => Promise<RunningLab | undefined>;

const known = levels.map(({ number }) => String(number));

/**
 * The running lab of the level that `--level` names, or all without it; never none.
 * @throws {FiredrillError} `usage` for a level that there is not, `lab-not-running`.
 */
export async function runningLabs(
  findLab: FindLab,
  level: string | undefined,
): Promise<readonly RunningLab[]> {
  if (level !== undefined && !known.includes(level)) {
    throw new FiredrillError('usage', `unknown level ${level}`, {
      where: '--level',
      fix: `use one of ${known.join(', ')}`,
    });
  }
  const asked = level === undefined ? known : [level];
  const labs = await Promise.all(asked.map((one) => findLab(Number(one))));
  const running = labs.filter((lab) => lab !== undefined);
  if (running.length > 0) return running;
  const which = level === undefined ? 'no lab' : `no lab of level ${level}`;
  throw new FiredrillError('lab-not-running', `${which} runs in this checkout`, {
    fix: `run \`pnpm lab up --level ${level ?? 1}\``,
  });
}

/** The same where only one is meant. @throws {FiredrillError} `usage` when several run and none is named. */
export async function theRunningLab(findLab: FindLab, level: string | undefined): Promise<RunningLab> {
  const [first, ...others] = await runningLabs(findLab, level);
  if (first !== undefined && others.length === 0) return first;
  const running = [first, ...others].map((lab) => lab?.level).join(', ');
  throw new FiredrillError('usage', `labs of the levels ${running} run`, {
    where: '--level',
    fix: 'name one of them',
  });
}
