import { FiredrillError } from '@firedrill/errors';
import { z } from 'zod';

const configSchema = z.object({
  /** The address to listen on; a container of its own says 0.0.0.0. */
  RECEIVER_HOST: z.string().min(1).default('127.0.0.1'),
  RECEIVER_PORT: z.coerce.number().int().min(0).max(65_535),
  /** What Alertmanager must send as `Authorization: Bearer …`. */
  RECEIVER_TOKEN: z.string().min(16),
  /** JSON lines, one notification each; kept over restarts. */
  RECEIVER_JOURNAL: z.string().min(1),
  /** Silence of the Watchdog after which the receiver pages by itself. */
  RECEIVER_WATCHDOG_SECONDS: z.coerce.number().positive().default(10),
  /** The same before the first heartbeat: the rest of the lab is still starting. */
  RECEIVER_FIRST_HEARTBEAT_SECONDS: z.coerce.number().positive().default(120),
});

export interface ReceiverConfig {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly journal: string;
  readonly watchdogMs: number;
  readonly firstHeartbeatMs: number;
}

/** @throws {FiredrillError} `usage`, naming the variable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): ReceiverConfig {
  const parsed = configSchema.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new FiredrillError('usage', issue.message, {
      where: issue.path.join('.'),
      fix: 'set this variable',
    });
  }
  return {
    host: parsed.data.RECEIVER_HOST,
    port: parsed.data.RECEIVER_PORT,
    token: parsed.data.RECEIVER_TOKEN,
    journal: parsed.data.RECEIVER_JOURNAL,
    watchdogMs: parsed.data.RECEIVER_WATCHDOG_SECONDS * 1000,
    firstHeartbeatMs: parsed.data.RECEIVER_FIRST_HEARTBEAT_SECONDS * 1000,
  };
}
