import { describeOperations, type LabStatus } from '@firedrill/lab';
import { type Level, type Node, sourcesOf } from '@firedrill/topology';
import type { EdgeSight, NodeSight, TopologySight } from '../sight.ts';

type NodeStatus = LabStatus['nodes'][number];
type EdgeStatus = LabStatus['edges'][number];

/** Pure: the level's picture with what its parts say of themselves. While a drill is under way nothing that is done to them. */
export function topologySight(level: Level, status: LabStatus): TopologySight {
  const nodes = new Map(status.nodes.map((node) => [node.node, node]));
  const edges = new Map(status.edges.map((edge) => [edge.edge, edge]));
  return {
    nodes: level.nodes.map((node) => nodeSight(node, nodes.get(node.name), status.sealed)),
    edges: level.edges.map(
      (edge): EdgeSight => ({
        edge: edge.name,
        from: sourcesOf(edge),
        to: edge.to,
        plane: edge.plane,
        ...(status.sealed ? { state: 'sealed', toxics: [] } : edgeState(edges.get(edge.name))),
      }),
    ),
    operations: describeOperations(status.operations),
  };
}

function nodeSight({ name, kind, role }: Node, status: NodeStatus | undefined, sealed: boolean): NodeSight {
  const squeezed = status?.squeezed === true && !sealed ? ['its disk is squeezed'] : [];
  const note = [...serverNote(status), ...squeezed].join(', ');
  return { node: name, kind, role, state: nodeState(status, sealed), note };
}

function nodeState(status: NodeStatus | undefined, sealed: boolean): NodeSight['state'] {
  // The load client comes and goes with a run.
  if (status === undefined) return 'of a run';
  if (!status.running) return 'down';
  // A drill's player sees that it does not answer, and no more.
  if (status.stopped && !sealed) return 'held';
  return status.ready ? 'ready' : 'not ready';
}

function serverNote(status: NodeStatus | undefined): readonly string[] {
  if (status?.server === undefined) return [];
  const { role, place, lagMs, streamsFrom } = status.server;
  if (role === 'primary') {
    return place === undefined || place === 'leader' ? ['primary'] : ['primary', 'no leader'];
  }
  const lag = lagMs === undefined ? 'lag unknown' : `${(lagMs / 1000).toFixed(1)} s behind`;
  const what = place === 'synchronous' ? 'sync standby' : 'standby';
  return [what, streamsFrom === undefined ? 'streams from nobody' : lag];
}

function edgeState(edge: EdgeStatus | undefined): Pick<EdgeSight, 'state' | 'toxics'> {
  if (edge === undefined || edge.state === 'missing') return { state: 'missing', toxics: [] };
  const toxics = edge.toxics.map(({ type, stream }) => `${type} ${stream}`);
  if (edge.state === 'disabled') return { state: 'cut', toxics };
  return { state: toxics.length > 0 ? 'toxic' : 'as it should', toxics };
}
