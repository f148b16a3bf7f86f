import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { longestMount, mountPointOf } from './mount-point.ts';

const info = [
  '22 1 254:0 / / rw,relatime - ext4 /dev/vda rw',
  '30 22 0:25 / /tmp rw,nosuid - tmpfs tmpfs rw',
  '31 22 0:26 / /tmp/with\\040space rw - tmpfs tmpfs rw',
].join('\n');

describe('longestMount', () => {
  it.each([
    ['/srv/lab', '/'],
    ['/tmp', '/tmp'],
    ['/tmp/lab', '/tmp'],
    ['/tmpfs/lab', '/'],
    ['/tmp/with space/lab', '/tmp/with space'],
  ])('of %s is %s', (path, mount) => {
    expect(longestMount(info, path)).toBe(mount);
  });
});

it('finds one for a folder that is there', () => {
  expect(tmpdir().startsWith(mountPointOf(tmpdir()))).toBe(true);
});
