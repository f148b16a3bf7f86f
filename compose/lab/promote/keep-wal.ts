import type pg from 'pg';
import { asSuperuser } from '../replication/admin-connection.ts';
import type { LabState } from '../state.ts';
import { slotOf } from '../wiring/replication.ts';

/** To make a slot takes a write to the disk. */
const deadlineMs = 10_000;

/** Slots on the new primary before it takes a write, so that whoever follows it misses no byte. */
export async function keepWal(state: LabState, node: string, followers: readonly string[]): Promise<string> {
  const slots = followers.map(slotOf);
  const make = async (client: pg.Client): Promise<void> => {
    await client.query(
      `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
        WHERE slot_name = ANY($1) AND wal_status = 'lost'`,
      [slots],
    );
    await client.query(
      `SELECT pg_create_physical_replication_slot(wanted, true) FROM unnest($1::text[]) AS wanted
        WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = wanted)`,
      [slots],
    );
  };
  await asSuperuser(state, node, make, deadlineMs);
  return `slots ${slots.join(', ')}`;
}
