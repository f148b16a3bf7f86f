import { columns } from '@firedrill/slo';
import type { EdgeStatus, LabStatus, NodeStatus } from './lab-status.ts';
import { describeOperations } from './operations-status.ts';
import type { ServerStatus } from './server-status.ts';

/** Pure: the status as a table for people. */
export function statusTable(status: LabStatus): string {
  const held = status.sealed ? ', held by a drill' : status.held ? ', held by a run' : '';
  return [
    `level ${status.level}, ${status.runtime === 'docker' ? 'in containers, ' : ''}${status.clock} clock, since ${status.startedAt}${held}`,
    `lab ${status.labId} in ${status.home}`,
    ...clusterLines(status),
    ...(status.feed === 'mongodb' ? ['feeds are kept as documents, over MongoDB’s wire'] : []),
    describeOperations(status.operations),
    '',
    ...columns([['node', 'state', 'pid', 'ports'], ...status.nodes.map(nodeRow)]),
    '',
    ...serverTable(status.nodes),
    ...(status.sealed
      ? ['the edges are sealed until the drill has ended']
      : columns([['edge', 'state', 'proxy', 'to', 'toxics'], ...status.edges.map(edgeRow)])),
  ].join('\n');
}

/** Where the servers choose their leader: whom they chose, and how soon they would choose another. */
function clusterLines({ cluster, timers }: LabStatus): readonly string[] {
  if (cluster === undefined) return [];
  const beyond = timers === 'fast' ? ['timers fast: below the least that Patroni supports'] : [];
  if (cluster === null) return ['no server reaches etcd: nobody may lead', ...beyond];
  const { leader, synchronous, timeline, paused } = cluster;
  const led = leader === null ? 'no leader' : `${leader} leads on timeline ${timeline ?? '?'}`;
  const kept =
    synchronous.length === 0
      ? 'no synchronous standby: no commit is acknowledged'
      : `synchronous: ${synchronous.join(', ')}`;
  const stands = paused ? ['Patroni is paused: nobody takes over'] : [];
  return [`${led}; ${kept}`, ...stands, ...beyond];
}

function nodeRow({ node, running, ready, pid, address, ports }: NodeStatus): readonly string[] {
  const state = ready ? 'ready' : running ? 'not ready' : 'down';
  const listed = Object.entries(ports).map(([name, port]) => `${name} ${port}`);
  return [
    node,
    state,
    String(pid ?? '-'),
    `${address === undefined ? '' : `${address}: `}${listed.join(', ')}`,
  ];
}

/** Where servers follow each other: who takes the writes, and how old the others are. */
function serverTable(nodes: readonly NodeStatus[]): readonly string[] {
  const rows = nodes.flatMap(({ node, server }) => (server === undefined ? [] : [serverRow(node, server)]));
  if (rows.length === 0) return [];
  return [...columns([['server', 'role', 'timeline', 'streams from', 'lag'], ...rows]), ''];
}

function serverRow(node: string, server: ServerStatus): readonly string[] {
  const { role, place, timeline, streamsFrom, lagBytes, lagMs } = server;
  const behind = [
    lagBytes === undefined ? 'no primary answers' : `${lagBytes} B`,
    ...(lagMs === undefined ? [] : [`${lagMs} ms`]),
  ];
  const standby = role === 'standby';
  return [
    ...[node, roleText(role, place), String(timeline)],
    standby ? (streamsFrom ?? 'nobody') : '-',
    standby ? behind.join(', ') : '-',
  ];
}

/** A server that was cut off may take itself for the primary for a while: the others know better. */
function roleText(role: ServerStatus['role'], place: ServerStatus['place']): string {
  if (role === 'primary') return place === undefined || place === 'leader' ? role : 'primary, no leader';
  return place === 'synchronous' ? 'synchronous standby' : role;
}

function edgeRow({ edge, state, toxics, host, listen, upstream }: EdgeStatus): readonly string[] {
  const listed = toxics.map(({ name, type, stream }) => `${name} (${type}, ${stream})`);
  const proxy = host === undefined ? String(listen) : `${host}:${listen}`;
  return [edge, state, proxy, String(upstream), listed.join(', ') || '-'];
}
