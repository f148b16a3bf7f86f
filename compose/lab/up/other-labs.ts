import { allLabs } from '../all-labs.ts';
import type { LabState } from '../state.ts';

/** Pure: every port that a lab was given. */
export function portsOf(state: LabState): readonly number[] {
  return [
    state.toxiproxyPort,
    ...Object.values(state.nodes).flatMap((ports) => Object.values(ports)),
    ...Object.values(state.edges).map((edge) => edge.listen),
  ];
}

/** The ports of this machine that labs of this user have, those that are only starting included; containers have their own. */
export const reservedPorts = (): ReadonlySet<number> =>
  new Set(allLabs().flatMap((lab) => (lab.docker === undefined ? portsOf(lab) : [])));
