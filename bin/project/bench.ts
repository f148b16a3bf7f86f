import { FiredrillError, runMain } from '@firedrill/errors';
import { $ } from 'zx';
import { benches } from './benches.ts';
import { root } from './root.ts';

const run = $({ cwd: root, stdio: 'inherit', nothrow: true, verbose: false });

/** `pnpm bench [name] [its arguments]`: measures on this machine and writes docs/results. Without a name it lists them. */
await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help') {
    for (const bench of benches) process.stdout.write(`${bench.name.padEnd(16)} ${bench.summary}\n`);
    return 0;
  }
  const bench = benches.find((candidate) => candidate.name === name);
  if (bench === undefined) {
    throw new FiredrillError('usage', `unknown bench ${name}`, {
      fix: `use one of ${benches.map((one) => one.name).join(', ')}`,
    });
  }
  const { exitCode } = await run`${process.execPath} ${bench.script} ${args}`;
  return exitCode ?? 1;
});
