import { FiredrillError } from '@firedrill/errors';
import type { Level } from '@firedrill/topology';
import { $ } from 'zx';
import { nodesWithOwnDisk } from '../wiring/own-disk.ts';

const trial = 'mount -t tmpfs -o size=4096 disk /tmp && unshare --user --map-user=65534 true';

/**
 * Whether these nodes can have disks of their own: it takes a user namespace in which one may mount.
 * @throws {FiredrillError} `component-unavailable` where this machine does not allow it, `fault-refused` for other nodes.
 */
export async function requireOwnDisks(level: Level, nodes: readonly string[]): Promise<void> {
  const able = nodesWithOwnDisk(level);
  const other = nodes.find((node) => !able.includes(node));
  if (other !== undefined) {
    throw new FiredrillError('fault-refused', `${other} cannot have a disk of its own`, {
      where: `level ${level.number}`,
      fix: able.length === 0 ? 'take level 1 or 2' : `use ${able.join(', ')}`,
    });
  }
  const tried = await $({
    nothrow: true,
    quiet: true,
  })`unshare --user --map-root-user --mount /bin/sh -c ${trial}`;
  if (tried.exitCode === 0) return;
  throw new FiredrillError(
    'component-unavailable',
    `${nodes.join(', ')} cannot have a disk of its own on this machine: ${tried.stderr.trim().split('\n')[0]}`,
    { fix: 'let users have namespaces in which they may mount (kernel.unprivileged_userns_clone, AppArmor)' },
  );
}
