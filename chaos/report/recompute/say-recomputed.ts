import { basename } from 'node:path';
import { recompute } from './recompute.ts';
import { agreementOf, recomputeExitCodes, recomputeText } from './recompute-text.ts';

/** `pnpm report <run> --recompute`. @returns the exit code */
export async function sayRecomputed(folder: string, json: boolean): Promise<number> {
  const run = basename(folder);
  if (process.stderr.isTTY && !json) {
    process.stderr.write('report: every figure again, by a Prometheus over what was kept …\n');
  }
  const parts = await recompute(folder);
  const agreement = agreementOf(parts);
  const text = json
    ? JSON.stringify(
        { run, agreement, parts: parts.map((part) => ({ ...part, agreement: agreementOf([part]) })) },
        undefined,
        2,
      )
    : recomputeText(run, parts);
  process.stdout.write(`${text}\n`);
  return recomputeExitCodes[agreement];
}
