import { FiredrillError } from '@firedrill/errors';
import { type Lever, releaseNamed } from '@firedrill/lab/levers';
import { databaseServers, type Level, type Node } from '@firedrill/topology';
import { inField } from '../experiments/blame.ts';
import type { ExperimentAt } from '../experiments/experiment-at.ts';
import type { Plan } from '../journal/event.ts';

/**
 * Pure: what the operator of an experiment does, from the start of the load.
 * @throws {FiredrillError} `fault-refused` for a lever that cannot be pulled there, `usage` for a release that there is not.
 */
export function operatorOf(experiment: ExperimentAt, topology: Level): Plan['operator'] {
  return experiment.operator.map((act, index) => {
    if (act.lever === 'deploy') inField(`operator[${index}].release`, () => releaseNamed(act.release));
    const need = needOf(act, topology);
    const names = need?.among.map(({ name }) => name);
    if (need === undefined || names?.includes(need.node)) {
      return { ...act, atMs: experiment.controlMs + act.atMs };
    }
    throw new FiredrillError('fault-refused', `${need.node} ${need.otherwise}`, {
      where: `operator[${index}].node`,
      fix: names?.length === 0 ? 'take another level' : `use one of ${names?.join(', ')}`,
    });
  });
}

interface Need {
  readonly node: string;
  readonly among: readonly Node[];
  readonly otherwise: string;
}

/** The node that a lever is pulled on, and which could be; `undefined` for one that needs none. */
function needOf(lever: Lever, topology: Level): Need | undefined {
  if (!('node' in lever)) return undefined;
  const { nodes, edges } = topology;
  const { node } = lever;
  const balancers = new Set(nodes.filter(({ kind }) => kind === 'haproxy').map(({ name }) => name));
  switch (lever.lever) {
    case 'promote': {
      const among = databaseServers(topology).slice(1);
      return { node, among, otherwise: 'is no standby: it cannot be promoted' };
    }
    case 'restart':
      return { node, among: nodes, otherwise: 'is no node of this level' };
    case 'drain':
    case 'undrain': {
      const among = nodes.filter(
        ({ name, kind }) =>
          kind === 'shop-api' && edges.some(({ from, to }) => to === name && balancers.has(from)),
      );
      return { node, among, otherwise: 'is no API behind an edge' };
    }
  }
}
