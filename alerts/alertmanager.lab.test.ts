import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@firedrill/provision';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { $ } from 'zx';
import { alertmanagerConfig } from './alertmanager.ts';
import { blackboxConfig } from './blackbox.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firedrill-alertmanager-'));
  await writeFile(
    join(folder, 'alertmanager.yml'),
    alertmanagerConfig({ receiver: '127.0.0.1:12345', token: 'a: "token" #' }),
  );
  await writeFile(join(folder, 'blackbox.yml'), blackboxConfig());
});

afterAll(() => rm(folder, { recursive: true }));

describe('the configuration', () => {
  it('is one that Alertmanager takes, with any token', async () => {
    const amtool = (await provision(['alertmanager'])).get('alertmanager')!.bin('amtool');
    const result = await $({
      cwd: folder,
      quiet: true,
      nothrow: true,
    })`${amtool} check-config alertmanager.yml`;
    expect(`${result}`).toContain('1 inhibit rules');
    expect(`${result}`).toContain('1 receivers');
    expect(result.exitCode).toBe(0);
  });

  it('is one that the Blackbox exporter takes', async () => {
    const blackbox = (await provision(['blackbox'])).get('blackbox')!.bin('blackbox_exporter');
    const result = await $({
      cwd: folder,
      quiet: true,
      nothrow: true,
    })`${blackbox} --config.file=blackbox.yml --config.check`;
    expect(result.exitCode, `${result}`).toBe(0);
  });
});
