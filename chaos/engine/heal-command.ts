import { existsSync } from 'node:fs';
import { findLab } from '@firedrill/lab';
import { createControl, labHome } from '@firedrill/lab/control';
import { levelByNumber, levels } from '@firedrill/topology';
import { haltGuardian } from '../guardian/guardian-client.ts';
import { describeRecovery, healWithoutGuardian, recoverRuns } from '../guardian/recover.ts';

/** How long a Toxiproxy that is healed may take to tell of its edges, ms. */
const tellsWithinMs = 15_000;

/** {@link healLab} of each level that has a lab; of one when it is named. @returns the lines to print. */
export async function healLabs(level?: number): Promise<string> {
  const wanted =
    level === undefined ? levels.filter(({ number }) => existsSync(labHome(number))) : [levelByNumber(level)];
  if (wanted.length === 0) return 'no lab runs: nothing to heal';
  const lines: string[] = [];
  for (const { number } of wanted) lines.push(await healLab(number));
  return lines.join('\n');
}

/**
 * `pnpm chaos heal`: the kill switch. A run under way is halted by its own guardian; what a dead run left is healed; a lab
 * that nobody holds is made as the topology says.
 * @returns one line that says what was done.
 * @throws {FiredrillError} `heal-failed`, `lab-busy`
 */
async function healLab(level: number): Promise<string> {
  const home = labHome(level);
  const began = performance.now();
  const took = (): string => `${(performance.now() - began).toFixed(0)} ms`;
  const halted = await haltGuardian(home, '`pnpm chaos heal`');
  if (halted !== undefined)
    return `a run was under way: halted, ${halted.length} effects healed in ${took()}`;
  const left = await recoverRuns(home);
  if (left !== undefined) {
    return `${describeRecovery(left)} in ${took()}`;
  }
  const lab = await findLab(level);
  if (lab === undefined) return `no lab of level ${level} runs: nothing to heal`;
  await healWithoutGuardian(home);
  const { edges } = await createControl(lab).read(tellsWithinMs);
  const open = edges.filter((edge) => edge.state === 'enabled' && edge.toxics.length === 0).length;
  return `${open} of ${edges.length} edges as the topology says, in ${took()}`;
}
