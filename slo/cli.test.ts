import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function slo(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'cli.ts'), ...words],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('pnpm slo', () => {
  it('ends with 64 and one line for a word that it does not know', () => {
    const { status, stdout, stderr } = slo('nonsense');
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toMatch(/^firedrill: [^\n]*nonsense[^\n]*see `pnpm slo --help`[^\n]*\n$/);
  });

  it('ends with 64 and its help when the word is missing', () => {
    const { status, stdout, stderr } = slo();
    expect({ status, stderr }).toEqual({ status: 64, stderr: '' });
    expect(stdout).toContain('Usage: slo');
  });

  it('ends with 0 and its help when that is asked for', () => {
    const { status, stdout } = slo('--help');
    expect(status).toBe(0);
    expect(stdout.match(/Usage: slo/g)).toHaveLength(1);
  });

  it('runs what it knows, and ends with 64 for a level that there is not', () => {
    expect(slo('lint', '--level', '1')).toMatchObject({ status: 0, stderr: '' });
    expect(slo('lint', '--level', '0')).toMatchObject({ status: 64, stdout: '' });
  });
});
