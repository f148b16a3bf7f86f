import { describe, expect, it } from 'vitest';
import { runLabCommand } from './command-line.ts';

describe('pnpm lab', () => {
  it.each([
    [
      'nope',
      "unknown command 'nope': use one of up, down, status, promote, restart, drain, undrain, releases, deploy, rollback, read-only, payment-fallback, shed-load, rotate, queries, logs, doctor, provision, cache",
    ],
    [
      'read-only maybe',
      "command-argument value 'maybe' is invalid for argument 'switch': use one of on, off",
    ],
    [
      'shed-load 2',
      "command-argument value '2' is invalid for argument 'share': use one of a share from 0 to 1, off",
    ],
    ['rotate', "missing required argument 'credential': use one of --level, --json"],
    [
      'up --nope',
      "unknown option '--nope': use one of --level, --clock, --timers, --feed, --runtime, --json",
    ],
    ['up --feed mysql', "option '--feed <store>' argument 'mysql' is invalid: use one of postgres, mongodb"],
    ['up --level 9', "option '--level <number>' argument '9' is invalid: use one of 1, 2, 3, 4"],
    ['up --clock slow', "option '--clock <clock>' argument 'slow' is invalid: use one of drill, production"],
    ['promote pg-2 --level 1', 'level 1 has no standbys (--level): use one of 3, 4'],
    ['promote', "missing required argument 'node': use one of --level, --force, --json"],
    ['cache nope', "unknown command 'nope': use one of pack"],
  ])('refuses `%s` with one line', async (words, line) => {
    const error = await runLabCommand(words.split(' ')).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'usage', exitCode: 64 });
    expect(String((error as { toLine(): string }).toLine())).toBe(`firedrill: ${line} [usage]`);
  });
});
