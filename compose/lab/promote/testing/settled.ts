import { expect } from 'vitest';
import { readLabState } from '../../control/lab-state-file.ts';
import { readServer } from '../../replication/read-server.ts';
import { serversOf } from '../../replication/servers.ts';
import type { LabState } from '../../state.ts';
import { eventually } from '../../testing/eventually.ts';

/** Waits until one server takes writes and all others stream from it. */
export async function expectOnePrimary(state: LabState, primary: string): Promise<void> {
  const places = await eventually(
    `${primary} is the primary and the others stream from it`,
    async () => {
      const readings = await Promise.all(serversOf(state).map((node) => readServer(state, node)));
      const all = readings.map((one) => one && `${one.node} ${one.role} ${one.streamsFrom ?? '-'}`);
      const joined = readings.every((one) => one?.role === 'primary' || one?.streamsFrom === primary);
      if (!joined) throw new Error(`${all.join(', ')}`);
      return all;
    },
    120_000,
  );
  expect(places.filter((place) => place?.includes('primary'))).toEqual([`${primary} primary -`]);
  expect(readLabState(state.home)?.primary).toBe(primary);
}
