import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import type { NotificationJournal } from './journal.ts';
import type { Notification } from './notification.ts';
import { readWebhook } from './read-webhook.ts';
import { type WatchdogWatch, watchdogAlert } from './watchdog.ts';

/** Prometheus' text of whatever else is known of what was kept. */
export type MoreMetrics = (kept: readonly Notification[]) => Promise<string>;

export interface ReceiverParts {
  readonly journal: NotificationJournal;
  readonly watchdog: WatchdogWatch;
  readonly token: string;
  readonly now?: () => Date;
  readonly more?: MoreMetrics;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly type?: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The receiver's HTTP interface. A webhook is answered 200 only when its notifications are on disk; a repeat is, already. */
export function receiverServer(parts: ReceiverParts): Server {
  const { journal, watchdog, token, now = () => new Date(), more } = parts;
  const counts = { accepted: 0, refused: 0, heartbeats: 0, repeats: 0 };

  async function takeWebhook(request: IncomingMessage): Promise<Answer> {
    const given = request.headers.authorization ?? '';
    const text = await readBody(request);
    if (!timingSafeEqual(digest(given), digest(`Bearer ${token}`))) {
      return { status: 401, body: { error: 'the bearer token is missing or wrong' } };
    }
    if (text === undefined) return { status: 413, body: { error: 'the payload is larger than 1 MiB' } };
    const receivedAt = now();
    const { notifications: all, problems } = readWebhook(text, receivedAt);
    if (all.length === 0) return { status: 400, body: { error: problems[0] } };
    const beating = all.some((entry) => entry.alert === watchdogAlert && entry.status === 'firing');
    const recovery = beating ? watchdog.recovery(receivedAt.getTime()) : undefined;
    // A heartbeat is no notification: one every two seconds would bury the others.
    const kept = [
      ...all.filter((entry) => entry.alert !== watchdogAlert),
      ...(recovery === undefined ? [] : [recovery]),
    ];
    const fresh = kept.length === 0 ? kept : await journal.append(kept);
    counts.repeats += kept.length - fresh.length;
    if (beating) {
      watchdog.beat(receivedAt.getTime());
      counts.heartbeats += 1;
    }
    const done = { kept: fresh.length, repeated: kept.length - fresh.length };
    if (problems.length === 0) return { status: 200, body: done };
    return { status: 400, body: { error: problems[0], ...done, refused: problems.length } };
  }

  async function answerGet(url: URL): Promise<Answer> {
    switch (url.pathname) {
      case '/readyz':
        return { status: 200, body: { status: 'ready' } };
      case '/notifications': {
        const since = url.searchParams.get('since') ?? '0';
        if (!/^\d{1,15}$/.test(since))
          return { status: 400, body: { error: "since: a notification's seq, e.g. 0" } };
        const notifications = await journal.since(Number(since));
        return { status: 200, body: { notifications, next: notifications.at(-1)?.seq ?? Number(since) } };
      }
      case '/watchdog': {
        const last = watchdog.lastHeartbeatMs;
        const lastHeartbeatAt = last === undefined ? null : new Date(last).toISOString();
        const silentMs = watchdog.silentMs(now().getTime());
        return { status: 200, body: { lastHeartbeatAt, silentMs, missing: watchdog.missing } };
      }
      case '/metrics':
        return {
          status: 200,
          type: 'text/plain; version=0.0.4; charset=utf-8',
          body: metrics() + (more === undefined ? '' : await more(await journal.since(0))),
        };
      default:
        return { status: 404, body: { error: `there is no ${url.pathname}` } };
    }
  }

  const metrics = (): string =>
    [
      '# TYPE receiver_webhooks_total counter',
      `receiver_webhooks_total{result="accepted"} ${counts.accepted}`,
      `receiver_webhooks_total{result="refused"} ${counts.refused}`,
      '# TYPE receiver_heartbeats_total counter',
      `receiver_heartbeats_total ${counts.heartbeats}`,
      '# TYPE receiver_repeats_total counter',
      `receiver_repeats_total ${counts.repeats}`,
      '# TYPE receiver_notifications gauge',
      `receiver_notifications ${journal.lastSeq}`,
      '# TYPE receiver_watchdog_silence_seconds gauge',
      `receiver_watchdog_silence_seconds ${watchdog.silentMs(now().getTime()) / 1000}`,
      '',
    ].join('\n');

  async function answer(request: IncomingMessage): Promise<Answer> {
    // `//` is a path to a client and no URL to anybody.
    const url = URL.parse(request.url ?? '/', 'http://receiver');
    if (url === null) return { status: 404, body: { error: 'there is no such path' } };
    if (request.method === 'GET') return answerGet(url);
    if (url.pathname !== '/alerts') return { status: 404, body: { error: `there is no ${url.pathname}` } };
    if (request.method !== 'POST') return { status: 405, body: { error: 'use POST' } };
    const result = await takeWebhook(request);
    counts[result.status === 200 ? 'accepted' : 'refused'] += 1;
    // Alertmanager sends what was refused no second time. A stranger, who has no token, shall not fill the log.
    if (![200, 401].includes(result.status))
      process.stderr.write(`receiver: refused a delivery: ${result.status} ${JSON.stringify(result.body)}\n`);
    return result;
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (result) => send(request, response, result),
      // Not acknowledged: Alertmanager keeps it and sends it again.
      (error: unknown) => {
        process.stderr.write(`receiver: ${error instanceof Error ? error.message : String(error)}\n`);
        send(request, response, { status: 503, body: { error: 'the notification could not be kept' } });
      },
    );
  });
  server.requestTimeout = 10_000;
  return server;
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, type }: Answer): void {
  if (response.destroyed) return;
  // What was refused unread must not be read: the sender may have gigabytes more.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type ?? 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
