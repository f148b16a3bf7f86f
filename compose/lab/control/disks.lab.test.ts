import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { $ } from 'zx';
import { diskHolderFile } from '../wiring/own-disk.ts';

const wiring = join(import.meta.dirname, '..', 'wiring');
const root = userInfo().uid === 0;
/** Who is root is also tried as nobody, who has no right over anything. */
const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--bounding-set=-all'];
const users = root
  ? [
      ['root', []],
      ['nobody', nobody],
    ]
  : [['an ordinary user', []]];

it.each(users as [string, string[]][])(
  '%s can have a disk of his own that fills, empties and outlives its users',
  async (_who, as) => {
    const home = mkdtempSync(join(tmpdir(), 'firedrill-disk-'));
    const folder = join(home, 'node');
    mkdirSync(join(folder, 'data'), { recursive: true });
    writeFileSync(join(folder, 'data', 'first'), 'kept');
    for (const script of ['hold-disk.sh', 'enter-disk.sh'])
      cpSync(join(wiring, script), join(folder, script));
    chmodSync(home, 0o755);
    if (as.length > 0) await $({ quiet: true })`chown -R 65534:65534 ${folder}`;
    const shell = $({ cwd: folder, quiet: true, nothrow: true });
    try {
      await shell`${as} /bin/sh hold-disk.sh 1048576`;
      const holder = readFileSync(join(folder, diskHolderFile), 'utf8').trim();
      const inside = (command: string) => shell`${as} /bin/sh enter-disk.sh /bin/sh -c ${command}`;
      const resize = (bytes: number) =>
        shell`${as} nsenter --user --mount --preserve-credentials --target ${holder} mount -o remount,size=${bytes} disk ${folder}/data`;

      expect((await inside('id -u; cat data/first')).stdout).toBe('65534\nkept');
      expect((await resize(8192)).stderr).toBe('');
      expect((await inside('head -c 20000 /dev/zero >data/more')).stderr).toMatch(/No space left on device/);
      expect((await resize(1_048_576)).stderr).toBe('');
      expect((await inside('head -c 20000 /dev/zero >data/more && wc -c <data/more')).stdout).toBe('20000\n');
      // Nothing of it is in the folder as others see it.
      expect((await shell`ls data`).stdout).toBe('first\n');
    } finally {
      process.kill(Number(readFileSync(join(folder, diskHolderFile), 'utf8')), 'SIGKILL');
      rmSync(home, { recursive: true });
    }
  },
);
