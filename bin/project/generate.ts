import { runMain } from '@firedrill/errors';
import { Listr } from 'listr2';
import { $ } from 'zx';
import { generators } from './generators.ts';
import { root } from './root.ts';

/** `pnpm generate`: makes every generated file again. */
await runMain(async () => {
  const tasks = new Listr(
    generators.map((generator) => ({
      title: `${generator.name} → ${generator.paths.join(', ')}`,
      task: async () => {
        await $({ cwd: root, quiet: true })`${process.execPath} ${generator.command}`;
      },
    })),
    { exitOnError: true },
  );
  await tasks.run();
  return 0;
});
