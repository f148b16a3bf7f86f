import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { LabState } from '../../state.ts';
import { eventually } from '../../testing/eventually.ts';
import { insert, session } from './sessions.ts';

/** A write that was acknowledged. */
export interface Acknowledged {
  readonly id: number;
  /** When its server wrote it. The client may hear of it much later, on a busy machine. */
  readonly writtenAt: number;
  /** When the client had heard of it. */
  readonly at: number;
}

export interface Writer {
  readonly acknowledged: readonly Acknowledged[];
  /** Ends it after the write that is under way. */
  stop(): Promise<void>;
}

let nextId = Date.now();

/** Writes one row after the other at a node's listener and connects anew whenever that fails, as a client does. */
export function startWriter(state: LabState, node: string): Writer {
  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  const run = async (): Promise<void> => {
    let client: pg.Client | undefined;
    while (!stopped) {
      try {
        client ??= await session(state, node);
        const id = nextId++;
        const writtenAt = await insert(client, id);
        acknowledged.push({ id, writtenAt, at: Date.now() });
      } catch {
        client?.end().catch(() => {});
        client = undefined;
      }
      await pause(10);
    }
    await client?.end().catch(() => {});
  };
  const done = run();
  return {
    acknowledged,
    async stop() {
      stopped = true;
      await done;
    },
  };
}

/** {@link startWriter}, once it is well under way. */
export async function whoWrites(state: LabState, node: string): Promise<Writer> {
  const writer = startWriter(state, node);
  await eventually('it writes', async () => (writer.acknowledged.length > 20 ? true : undefined));
  return writer;
}

/** An id that no writer used. */
export const freshId = (): number => nextId++;
