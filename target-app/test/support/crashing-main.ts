import { exitUsage, exitWithLine } from '../../src/config/read-config.ts';
import { type Step, steps } from '../../src/order/parts.ts';
import { runShop } from '../../src/run-shop.ts';

/** The good shop, killed by the system the first time it reaches CRASH_AT: nothing is flushed, nothing is closed. */
const crashAt = process.env['CRASH_AT'];
if (!steps.includes(crashAt as Step)) exitWithLine(exitUsage, `CRASH_AT must be one of ${steps.join(', ')}`);

await runShop('crashing-shop', {
  parts: (parts) => ({
    ...parts,
    reached: (step) => {
      if (step === crashAt) process.kill(process.pid, 'SIGKILL');
    },
  }),
});
