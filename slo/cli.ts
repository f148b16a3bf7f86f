import { FiredrillError, runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { levelsWithSlos, sloCatalogue } from './catalogue.ts';
import { generateRules, staleFiles, writeFiles } from './generate.ts';
import { findingLine } from './lint/finding.ts';
import { lintCommitted } from './lint/lint.ts';

await runMain(async () => {
  let exitCode = 0;
  const program = new Command('slo')
    .description('The service level objectives: specs, rules, budgets.')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

  program
    .command('generate')
    .description('make the Prometheus rules from the specs by Sloth')
    .option('--level <number>', 'only this level')
    .option('--check', 'write nothing; exit 1 when a committed file is not what would be written')
    .action(async (options: { level?: string; check?: boolean }) => {
      const files = await generateRules(levelsOf(options.level));
      const stale = await staleFiles(files);
      if (options.check === true) {
        for (const file of stale)
          process.stdout.write(`slo/${file} is not what \`pnpm slo generate\` writes\n`);
        exitCode = stale.length === 0 ? 0 : 1;
        return;
      }
      await writeFiles(files);
      process.stdout.write(`${files.length} files, ${stale.length} changed\n`);
      for (const file of stale) process.stdout.write(`slo/${file}\n`);
    });

  program
    .command('lint')
    .description('find specs and windows whose alerts would lie')
    .option('--level <number>', 'only this level')
    .action((options: { level?: string }) => {
      const levels = levelsOf(options.level);
      const findings = lintCommitted(levels);
      for (const finding of findings) process.stdout.write(`${findingLine(finding)}\n`);
      const slos = levels.reduce((sum, level) => sum + sloCatalogue(level).length, 0);
      process.stdout.write(`${slos} SLOs, ${findings.length} findings\n`);
      exitCode = findings.length === 0 ? 0 : 1;
    });

  return (await runProgram(program)) ?? exitCode;
});

function levelsOf(text: string | undefined): readonly number[] {
  if (text === undefined) return levelsWithSlos();
  if (levelsWithSlos().map(String).includes(text)) return [Number(text)];
  throw new FiredrillError('usage', `unknown level ${text}`, {
    where: '--level',
    fix: `use one of ${levelsWithSlos().join(', ')}`,
  });
}
