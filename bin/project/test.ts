import { runMain } from '@firedrill/errors';
import { $ } from 'zx';
import { root } from './root.ts';

/** `pnpm test [vitest arguments]`: both projects, real parts; the lab's components are provisioned on the way. */
await runMain(async () => {
  const args = process.argv.slice(2);
  const reporters = ['--reporter=default', `--reporter=${root}/bin/project/summary-reporter.ts`];
  const vitest = $({ cwd: root, preferLocal: root, stdio: 'inherit', nothrow: true, verbose: false });
  const { exitCode } = await vitest`vitest run ${reporters} ${args}`;
  return exitCode ?? 1;
});
