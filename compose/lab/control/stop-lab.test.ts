import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stopLab } from './stop-lab.ts';

it('names the processes that outlive SIGKILL and keeps the folder, instead of calling the lab down', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-stop-'));
  const home = join(folder, 'lab');
  mkdirSync(home);
  // No process of this start time exists, so nothing is signalled: it stays in the table as one stuck in the kernel does.
  const stuck = () => [{ pid: process.pid, parent: 1, startTime: '1', stopped: false }];
  try {
    await expect(stopLab({ labId: 'stuck', home }, stuck)).rejects.toMatchObject({
      code: 'heal-failed',
      message: expect.stringContaining(String(process.pid)),
    });
    expect(existsSync(home)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
