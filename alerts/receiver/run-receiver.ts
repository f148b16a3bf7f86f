import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { FiredrillError } from '@firedrill/errors';
import { readConfig } from './config.ts';
import { NotificationJournal } from './journal.ts';
import type { Unnumbered } from './notification.ts';
import { type MoreMetrics, receiverServer } from './server.ts';
import { WatchdogWatch, watchdogMissing } from './watchdog.ts';

const checkEveryMs = 250;

/**
 * The pager's ear: keeps every notification, and pages by itself when the Watchdog falls silent. Ends on SIGTERM or SIGINT.
 * @param more stands beside the receiver's own metrics
 * @throws {FiredrillError} `usage`, `port-taken`
 */
export async function runReceiver(env: NodeJS.ProcessEnv, more?: MoreMetrics): Promise<number> {
  const config = readConfig(env);
  const stop = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  const journal = await NotificationJournal.open(config.journal);
  const lastMissing = journal.newest(watchdogMissing.fingerprint);
  const watchdog = new WatchdogWatch({
    startedAtMs: Date.now(),
    silenceMs: config.watchdogMs,
    firstHeartbeatMs: config.firstHeartbeatMs,
    ...(lastMissing?.status === 'firing' ? { missingSince: new Date(lastMissing.startsAt) } : {}),
  });

  const server = receiverServer({
    journal,
    watchdog,
    token: config.token,
    ...(more === undefined ? {} : { more }),
  });
  server.listen(config.port, config.host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new FiredrillError('port-taken', `port ${config.port} is taken`, { where: 'RECEIVER_PORT' });
  });
  process.stdout.write(`receiver listens on ${config.host}:${(server.address() as AddressInfo).port}\n`);

  // What could not be written (a full disk) is tried again, in order.
  let unkept: readonly Unnumbered[] = [];
  const timer = setInterval(() => {
    const page = watchdog.check(Date.now());
    if (page !== undefined) unkept = [...unkept, page];
    if (unkept.length === 0) return;
    const batch = unkept;
    unkept = [];
    journal.append(batch).catch((error: Error) => {
      unkept = [...batch, ...unkept];
      process.stderr.write(`receiver: ${error.message}\n`);
    });
  }, checkEveryMs);

  await stop;
  clearInterval(timer);
  server.close();
  server.closeAllConnections();
  await journal.close();
  return 0;
}
