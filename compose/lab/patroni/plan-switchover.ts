import { FiredrillError } from '@firedrill/errors';
import type { ClusterReading } from './cluster.ts';

export interface SwitchoverRequest {
  readonly level: number;
  /** The server that shall lead. */
  readonly target: string;
  readonly servers: readonly string[];
  /** `undefined`: no server reaches etcd. */
  readonly cluster: ClusterReading | undefined;
  readonly force: boolean;
}

export interface Switchover {
  readonly leader: string;
  /** The target does not confirm commits yet: it must, before it may lead. */
  readonly confirmFirst: boolean;
}

/**
 * Pure: from whom, and what must come first.
 * @throws {FiredrillError} `usage`, or `promotion-refused` with what to do instead.
 */
export function planSwitchover({ level, target, servers, cluster, force }: SwitchoverRequest): Switchover {
  const refused = (message: string, fix: string): FiredrillError =>
    new FiredrillError('promotion-refused', message, { fix });
  const see = `see \`pnpm lab status --level ${level}\``;
  if (!servers.includes(target)) {
    throw new FiredrillError('usage', `unknown server ${target}`, {
      fix: `use one of ${servers.join(', ')}`,
    });
  }
  if (force) {
    throw new FiredrillError('usage', `level ${level} loses nothing: there is nothing to force`, {
      where: '--force',
      fix: 'leave it out',
    });
  }
  if (cluster === undefined) throw refused('no server reaches etcd, so nobody can lead', see);
  const { leader, members, paused } = cluster;
  if (leader === undefined) {
    throw refused('nobody leads: the synchronous standby takes the place by itself', `wait, and ${see}`);
  }
  if (target === leader) throw refused(`${target} is the primary already`, see);
  if (paused) throw refused('Patroni is paused', 'resume it first (runbooks/PatroniPaused.md)');
  const streaming = members.filter(({ role, state }) => role !== 'leader' && state === 'streaming');
  const member = streaming.find(({ name }) => name === target);
  if (member === undefined) {
    const [other] = streaming;
    throw refused(
      `${target} does not stream from ${leader}: it may miss what was acknowledged`,
      other === undefined ? see : `run \`pnpm lab promote ${other.name} --level ${level}\``,
    );
  }
  return { leader, confirmFirst: member.role !== 'synchronous' };
}
