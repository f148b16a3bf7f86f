import type { ClusterMember, ClusterReading } from './cluster.ts';

/** Pure: how a server stands in the cluster, for whoever must find out why it has no place there. */
export function describePlace(cluster: ClusterReading | undefined, node: string): string {
  if (cluster === undefined) return 'no server reached etcd';
  const { leader, members } = cluster;
  const words = ({ name, state, timeline }: ClusterMember): string =>
    `${name} is ${state === '' ? 'silent' : state} on timeline ${timeline ?? '?'}`;
  const own = members.find(({ name }) => name === node);
  const first = members.find(({ name }) => name === leader);
  return [
    own === undefined ? `${node} is not in it` : words(own),
    ...(first === undefined ? ['nobody leads'] : first === own ? [] : [`its leader ${words(first)}`]),
    ...(members.some(({ role }) => role === 'synchronous') ? [] : ['no standby confirms']),
  ].join(', ');
}
