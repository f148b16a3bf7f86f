import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function alerts(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../bin/alerts.mjs'), ...words],
    { encoding: 'utf8', env: { ...process.env, FIREDRILL_LAB_SCOPE: 'nobody' } },
  );
  return { status, stdout, stderr };
}

const whole = ['--owner', 'ana', '--for', '30m', '--reason', 'a deploy'];

describe('pnpm alerts silence', () => {
  it.each(['--owner', '--for', '--reason'])('needs %s', (option) => {
    const rest = whole.toSpliced(whole.indexOf(option), 2);
    const { status, stdout, stderr } = alerts('silence', 'CheckoutAvailability', ...rest);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^firedrill: [^\\n]*'${option} [^\\n]* not specified[^\\n]*\\n$`));
  });

  it('without a lab ends with 69 and says how to start one', () => {
    expect(alerts('silence', 'CheckoutAvailability', ...whole)).toEqual({
      status: 69,
      stdout: '',
      stderr: 'firedrill: no lab runs in this checkout: run `pnpm lab up --level 1` [lab-not-running]\n',
    });
  });

  it('ends with 64 for a level that there is not, and for a word that it does not know', () => {
    expect(alerts('silence', 'list', '--level', '9')).toMatchObject({ status: 64, stdout: '' });
    expect(alerts('nonsense')).toMatchObject({ status: 64, stdout: '' });
  });
});
