import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { labsFolder } from '../control/lab-home.ts';
import { readLabState } from '../control/lab-state-file.ts';
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
export function reservedPorts(folder = labsFolder()): ReadonlySet<number> {
  let names: readonly string[] = [];
  try {
    names = readdirSync(folder);
  } catch {
    // no lab yet
  }
  return new Set(names.flatMap((name) => portsOfFolder(join(folder, name))));
}

function portsOfFolder(home: string): readonly number[] {
  const state = readLabState(home);
  return state === undefined ? [] : portsOf(state);
}
