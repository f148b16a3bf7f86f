import { type Command, Option } from 'commander';
import { findSloth, type SlothRuntime, slothRuntimes } from '../generate/sloth-origin.ts';
import { generateRules, generateSlaPage, generateSpecs, staleFiles, writeFiles } from '../generate.ts';
import { levelsOf } from './level-option.ts';

/** `pnpm slo generate`. */
export function generateCommand(program: Command, end: (exitCode: number) => void): void {
  program
    .command('generate')
    .description('write the specs, and from them the Prometheus rules by Sloth')
    .option('--level <number>', 'only this level')
    .option('--check', 'write nothing; exit 1 when a committed file is not what would be written')
    .addOption(
      new Option('--runtime <how>', 'Sloth as a program or as its Docker image')
        .choices(slothRuntimes)
        .default('auto'),
    )
    .action(async (options: { level?: string; check?: boolean; runtime: SlothRuntime }) => {
      const specs = generateSpecs(options.level === undefined ? undefined : levelsOf(options.level));
      const staleSpecs = await staleFiles(specs);
      // Where it cannot be had nothing is written.
      await findSloth(options.runtime);
      // Sloth reads the specs from disk.
      if (options.check !== true) await writeFiles(specs);
      const rules = [
        ...(await generateRules(levelsOf(options.level), options.runtime, (what) => {
          process.stderr.write(`Sloth: ${what}\n`);
        })),
        await generateSlaPage(),
      ];
      const stale = [...staleSpecs, ...(await staleFiles(rules))];
      if (options.check === true) {
        for (const file of stale) process.stdout.write(`${file} is not what \`pnpm slo generate\` writes\n`);
        end(stale.length === 0 ? 0 : 1);
        return;
      }
      await writeFiles(rules);
      process.stdout.write(`${specs.length + rules.length} files, ${stale.length} changed\n`);
      for (const file of stale) process.stdout.write(`${file}\n`);
    });
}
