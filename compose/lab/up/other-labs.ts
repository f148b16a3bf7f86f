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

/** The ports of this user's labs, those that are only starting included. */
export const reservedPorts = (): ReadonlySet<number> => new Set(allLabs().flatMap(portsOf));
