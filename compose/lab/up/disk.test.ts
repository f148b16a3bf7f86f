import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { checkDisk } from './disk.ts';

it('says how much is free and how much is needed', async () => {
  await checkDisk(tmpdir(), 1);
  await expect(checkDisk(tmpdir(), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(/^\d+ MB are free, 8589934591 MB are needed$/),
  });
});
