import { FiredrillError, runMain } from '@firedrill/errors';
import { z } from 'zod';
import { $ } from 'zx';
import { fullTests } from './full-tests.ts';
import { headCommit } from './head-commit.ts';
import { latestResult } from './latest-result.ts';
import { root } from './root.ts';
import { today } from './today.ts';
import { writeResult } from './write-result.ts';

const partSchema = z.strictObject({
  name: z.string(),
  exitCode: z.number().int(),
  seconds: z.number(),
  commit: z.string(),
});
/** `docs/results/<date>-test-full.json`. */
const resultSchema = z.object({ date: z.iso.date(), parts: z.array(partSchema) });
type Part = z.infer<typeof partSchema>;

const name = 'test-full';
const run = $({ cwd: root, stdio: 'inherit', nothrow: true, verbose: false });

const measuredToday = (): readonly Part[] => {
  const latest = latestResult(name, resultSchema)?.result;
  return latest?.date === today() ? latest.parts : [];
};

/**
 * `pnpm test:full [part …]`: everything that is too long for `pnpm test`, one part after the other → docs/results. What passed today
 * on the same commit is not run again, unless it is named. Exits 1 unless each part passed.
 */
await runMain(async () => {
  const named = process.argv.slice(2);
  for (const one of named) {
    if (fullTests.some((part) => part.name === one)) continue;
    throw new FiredrillError('usage', `unknown part ${one}`, {
      fix: `use some of ${fullTests.map((part) => part.name).join(', ')}`,
    });
  }
  const commit = await headCommit();
  const isDone = (part: string): boolean =>
    measuredToday().some((one) => one.name === part && one.commit === commit && one.exitCode === 0);
  const wanted = fullTests.filter((part) =>
    named.length > 0 ? named.includes(part.name) : !isDone(part.name),
  );
  for (const part of wanted) {
    process.stderr.write(`${part.name}: ${part.summary}\n`);
    const began = performance.now();
    const { exitCode } = await run({
      env: { ...process.env, ...part.env },
    })`${process.execPath} ${part.command}`;
    const seconds = Math.round((performance.now() - began) / 1000);
    const others = measuredToday().filter((one) => one.name !== part.name);
    await writeResult(name, {
      parts: [...others, { name: part.name, exitCode: exitCode ?? 70, seconds, commit }],
    });
  }
  const parts = measuredToday();
  for (const { name: part, exitCode, seconds } of parts)
    process.stdout.write(`${exitCode === 0 ? 'passed' : 'FAILED'}  ${part}, ${seconds} s\n`);
  return fullTests.every(({ name: part }) => isDone(part)) ? 0 : 1;
});
