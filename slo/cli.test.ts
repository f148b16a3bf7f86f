import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function slo(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../bin/slo.mjs'), ...words],
    {
      encoding: 'utf8',
      env: { ...process.env, DOCKER_HOST: 'unix:///no/such.sock', FIREDRILL_LAB_SCOPE: 'nobody' },
    },
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

  it('lint: a refused file ends with 64, its findings on stdout, as lines or as JSON', () => {
    const folder = mkdtempSync(join(tmpdir(), 'firedrill-slo-'));
    try {
      const file = join(folder, 'windows.yaml');
      const text = readFileSync(join(import.meta.dirname, 'windows/production/30d.yaml'), 'utf8');
      writeFileSync(file, text.replace('errorBudgetPercent: 2,', 'errorBudgetPercent: 900,'));
      const lines = slo('lint', file);
      expect(lines).toMatchObject({ status: 64, stderr: '' });
      expect(lines.stdout).toMatch(
        /^\S+windows\.yaml:7:34: spec\.page\.quick\.errorBudgetPercent: 900 % .*: take more than 0 .*\n1 file, 0 SLOs, 1 finding\n$/,
      );
      const json = slo('lint', '--json', file);
      expect(json).toMatchObject({ status: 64, stderr: '' });
      expect(JSON.parse(json.stdout)).toMatchObject({
        files: [file],
        findings: [{ rule: 'spendable-budget', file, line: 7, column: 34 }],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('generate: --runtime docker without a daemon ends with 69 and one line, and writes nothing', () => {
    const { status, stdout, stderr } = slo('generate', '--check', '--runtime', 'docker');
    expect({ status, stdout }).toEqual({ status: 69, stdout: '' });
    expect(stderr).toMatch(/^firedrill: no Docker daemon answers [^\n]*\n$/);
  });

  it('status: without a lab ends with 69 and one line that says how to start one', () => {
    const { status, stdout, stderr } = slo('status', '--level', '2', '--json');
    expect({ status, stdout }).toEqual({ status: 69, stdout: '' });
    expect(stderr).toBe(
      'firedrill: no lab of level 2 runs in this checkout: run `pnpm lab up --level 2` [lab-not-running]\n',
    );
  });

  it('lint: a file that is not there ends with 64 and one line', () => {
    const { status, stdout, stderr } = slo('lint', 'no-such.yaml');
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toMatch(/^firedrill: there is no such file \(no-such\.yaml\): name [^\n]*\n$/);
  });
});
