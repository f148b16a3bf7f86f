import { FiredrillError, runMain } from '@firedrill/errors';
import { Listr } from 'listr2';
import { $ } from 'zx';
import { generators } from './generators.ts';
import { root } from './root.ts';
import { changedFiles, digestTree } from './tree-digest.ts';

const rooms = ['target-app', 'compose', 'slo', 'alerts', 'chaos', 'incidents', 'runbooks', 'dashboards'];
const run = $({ cwd: root, quiet: true, preferLocal: root });

const tools = [
  { title: 'types (tsc)', task: () => run`tsc -p .` },
  { title: 'types of what runs in the browser (tsc)', task: () => run`tsc -p dashboards/dash/page` },
  { title: 'style and promises (biome)', task: () => run`biome check --error-on-warnings .` },
  { title: 'unused code (knip)', task: () => run`knip` },
  {
    title: 'which room imports which (dependency-cruiser)',
    task: () => run`depcruise --config .dependency-cruiser.mjs ${rooms}`,
  },
  {
    title: 'SLOs and alert windows that cannot lie (slo lint)',
    task: () => run`${process.execPath} bin/slo.mjs lint`,
  },
];

const regenerate = generators.map((generator) => ({
  title: `${generator.name}: as its source makes it`,
  task: async () => {
    const before = digestTree(root, generator.paths);
    await run`${process.execPath} ${generator.command}`;
    const changed = changedFiles(before, digestTree(root, generator.paths));
    if (changed.length === 0) return;
    throw new FiredrillError(
      'invalid-data',
      `generated files differ from their source: ${changed.join(', ')}`,
      {
        where: generator.name,
        fix: 'they were made again just now; look at the difference and commit it',
      },
    );
  },
}));

/** `pnpm check`: everything about the code that can be told without starting it. Exits 1 when anything is off. */
await runMain(async () => {
  const tasks = new Listr([...tools, ...regenerate], {
    exitOnError: false,
    concurrent: false,
    collectErrors: true,
  });
  await tasks.run();
  const errors = tasks.errors ?? [];
  for (const { error } of errors) {
    const output =
      'stdout' in error ? `${error.stdout}${'stderr' in error ? error.stderr : ''}` : error.message;
    process.stderr.write(`\n${output}\n`);
  }
  return errors.length === 0 ? 0 : 1;
});
