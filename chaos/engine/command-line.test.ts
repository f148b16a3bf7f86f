import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

const names = ['lose-api', 'partition-primary'];
const parse = (line: string) => parseCommandLine(line.split(' ').filter(Boolean), names);

describe('the command line', () => {
  test('takes an experiment with nothing else', async () => {
    expect(await parse('partition-primary')).toEqual({
      name: 'run',
      experiment: 'partition-primary',
      options: { seed: 1, clock: 'drill', dryRun: false, json: false, keepLab: false },
    });
  });

  test('takes every flag', async () => {
    const line =
      'x.ts --level 2 --seed 7 --clock production --variant stall --dry-run --json --keep-lab --out there';
    expect(await parse(line)).toMatchObject({
      experiment: 'x.ts',
      options: {
        level: 2,
        seed: 7,
        clock: 'production',
        variant: 'stall',
        dryRun: true,
        json: true,
        keepLab: true,
        out: 'there',
      },
    });
  });

  test('takes a quiet run, with nothing else and with every flag', async () => {
    expect(await parse('quiet')).toEqual({
      name: 'quiet',
      options: {
        seed: 1,
        clock: 'drill',
        dryRun: false,
        json: false,
        keepLab: false,
        forMs: 600_000,
        traffic: 'steady',
      },
    });
    const line =
      'quiet --for 1h30m --traffic collapsed --level 2 --seed 7 --dry-run --json --keep-lab --out there';
    expect(await parse(line)).toMatchObject({
      name: 'quiet',
      options: { forMs: 5_400_000, traffic: 'collapsed', level: 2, seed: 7, dryRun: true, out: 'there' },
    });
  });

  test('takes a comparison, with nothing else and with every flag', async () => {
    expect(await parse('compare lose-api')).toEqual({
      name: 'compare',
      experiment: 'lose-api',
      options: { seed: 1, again: false, dryRun: false, json: false },
    });
    const line =
      'compare x.yaml --levels 1-3 --variant stall --seed 7 --hold 2m --again --dry-run --json --out there';
    expect(await parse(line)).toMatchObject({
      experiment: 'x.yaml',
      options: { levels: [1, 2, 3], variant: 'stall', seed: 7, hold: 120_000, again: true, out: 'there' },
    });
  });

  test('takes list and heal', async () => {
    expect(await parse('list')).toEqual({ name: 'list' });
    expect(await parse('heal')).toEqual({ name: 'heal' });
    expect(await parse('heal --level 3')).toEqual({ name: 'heal', level: 3 });
  });

  test('has help', async () => {
    expect(await parse('--help')).toMatchObject({ name: 'help', text: expect.stringContaining('heal') });
    expect(await parse('run --help')).toMatchObject({
      name: 'help',
      text: expect.stringContaining('--keep-lab'),
    });
  });

  test.each([
    ['', /no experiment was named/, /lose-api, partition-primary/],
    [
      'partition-primary --flag',
      /'--flag'/,
      /--level --seed --clock --runtime --dry-run --json --keep-lab --out --variant --feed/,
    ],
    ['partition-primary --clock fast', /fast.*drill, production/, /--help/],
    ['partition-primary --feed mysql', /^--feed mysql is none of postgres, mongodb$/, /--help/],
    ['partition-primary --seed 1e9', /^--seed 1e9 is not a whole number \(digits only\)$/, /--help/],
    ['partition-primary --seed 1.5', /1\.5/, /--help/],
    ['partition-primary more', /more/, /--help/],
    ['quiet --for 10', /^--for 10 is no duration such as 90s, 10m or 1h$/, /--help/],
    ['quiet --traffic wild', /wild.*steady, idle, collapsed, doubled/, /--help/],
    ['quiet --variant x', /'--variant'/, /--level .*--for --traffic/],
    ['compare', /experiment/, /name an experiment/],
    [
      'compare lose-api --levels 3-1',
      /^--levels 3-1 is neither a range \(1-3\) nor a list \(1,3\)$/,
      /--help/,
    ],
    ['compare lose-api --level 3', /'--level'/, /--levels --variant --seed --hold/],
    ['list --level 1', /'--level'/, /takes no flag/],
    ['heal --seed 1', /'--seed'/, /--level/],
  ])('refuses "%s" in one line that names it', async (line, message, fix) => {
    const error = await parse(line).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
      fix: expect.stringMatching(fix),
    });
    expect((error as Error).message).not.toContain('\n');
  });
});
