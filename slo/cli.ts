import { FiredrillError, runMain, runProgram } from '@firedrill/errors';
import { Command } from 'commander';
import { levelsWithSlos, sloCatalogue } from './catalogue.ts';
import { generateRules, generateSlaPage, generateSpecs, staleFiles, writeFiles } from './generate.ts';
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
    .description('write the specs, and from them the Prometheus rules by Sloth')
    .option('--level <number>', 'only this level')
    .option('--check', 'write nothing; exit 1 when a committed file is not what would be written')
    .action(async (options: { level?: string; check?: boolean }) => {
      const specs = generateSpecs(options.level === undefined ? undefined : levelsOf(options.level));
      const staleSpecs = await staleFiles(specs);
      // Sloth reads the specs from disk.
      if (options.check !== true) await writeFiles(specs);
      const rules = [...(await generateRules(levelsOf(options.level))), await generateSlaPage()];
      const stale = [...staleSpecs, ...(await staleFiles(rules))];
      if (options.check === true) {
        for (const file of stale) process.stdout.write(`${file} is not what \`pnpm slo generate\` writes\n`);
        exitCode = stale.length === 0 ? 0 : 1;
        return;
      }
      await writeFiles(rules);
      process.stdout.write(`${specs.length + rules.length} files, ${stale.length} changed\n`);
      for (const file of stale) process.stdout.write(`${file}\n`);
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
