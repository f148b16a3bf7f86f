import { columns } from '@firedrill/slo';
import type { EdgeStatus, LabStatus, NodeStatus } from './lab-status.ts';
import { describeOperations } from './operations-status.ts';
import type { ServerStatus } from './server-status.ts';

/** Pure: the status as a table for people. */
export function statusTable(status: LabStatus): string {
  const held = status.held ? ', held by a run' : '';
  return [
    `level ${status.level}, ${status.clock} clock, since ${status.startedAt}${held}`,
    `lab ${status.labId} in ${status.home}`,
    describeOperations(status.operations),
    '',
    ...columns([['node', 'state', 'pid', 'ports'], ...status.nodes.map(nodeRow)]),
    '',
    ...serverTable(status.nodes),
    ...columns([['edge', 'state', 'proxy', 'to', 'toxics'], ...status.edges.map(edgeRow)]),
  ].join('\n');
}

function nodeRow({ node, running, ready, pid, ports }: NodeStatus): readonly string[] {
  const state = ready ? 'ready' : running ? 'not ready' : 'down';
  const listed = Object.entries(ports).map(([name, port]) => `${name} ${port}`);
  return [node, state, String(pid ?? '-'), listed.join(', ')];
}

/** Where servers follow each other: who takes the writes, and how old the others are. */
function serverTable(nodes: readonly NodeStatus[]): readonly string[] {
  const rows = nodes.flatMap(({ node, server }) => (server === undefined ? [] : [serverRow(node, server)]));
  if (rows.length === 0) return [];
  return [...columns([['server', 'role', 'timeline', 'streams from', 'lag'], ...rows]), ''];
}

function serverRow(node: string, server: ServerStatus): readonly string[] {
  const { role, timeline, streamsFrom, lagBytes, lagMs } = server;
  const behind = [
    lagBytes === undefined ? 'no primary answers' : `${lagBytes} B`,
    ...(lagMs === undefined ? [] : [`${lagMs} ms`]),
  ];
  const standby = role === 'standby';
  return [
    ...[node, role, String(timeline)],
    standby ? (streamsFrom ?? 'nobody') : '-',
    standby ? behind.join(', ') : '-',
  ];
}

function edgeRow({ edge, state, toxics, listen, upstream }: EdgeStatus): readonly string[] {
  const listed = toxics.map(({ name, type, stream }) => `${name} (${type}, ${stream})`);
  return [edge, state, String(listen), String(upstream), listed.join(', ') || '-'];
}
