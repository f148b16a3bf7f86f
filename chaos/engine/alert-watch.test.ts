import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AlertNotification } from '../journal/event.ts';
import { AlertWatch } from './alert-watch.ts';

/** Has told of these, and knows nothing else. */
let receiver: Server;
let notifications: readonly AlertNotification[] = [];

beforeEach(async () => {
  receiver = createServer(({ url = '' }, response) => {
    response.statusCode = url.startsWith('/notifications') ? 200 : 404;
    response.end(JSON.stringify({ notifications, next: notifications.length }));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(() => receiver.close());

async function watched(): Promise<AlertWatch> {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const watch = new AlertWatch({
    ...{ prometheusUrl: url, receiverUrl: url, lokiUrl: url, burnWindow: '1m', service: 'shop-l1' },
    ...{ since: 0, record: () => {} },
  });
  watch.start();
  await watch.looked;
  await watch.stop();
  return watch;
}

const told = (status: 'firing' | 'resolved', fingerprint: string): AlertNotification => {
  const at = '2026-11-29T10:00:00.000Z';
  return {
    ...{ alert: 'ReconcilerMismatch', severity: 'page', status, fingerprint },
    ...{ startsAt: at, receivedAt: at },
  };
};

it('an alert of two instances is open until both have ended', async () => {
  const mismatch = { alert: 'ReconcilerMismatch', severity: 'page' };
  notifications = [told('firing', 'api-1'), told('firing', 'api-2'), told('resolved', 'api-2')];
  const one = await watched();
  expect([one.openPages, one.isFiring(mismatch)]).toEqual([['ReconcilerMismatch'], true]);
  notifications = [...notifications, told('resolved', 'api-1')];
  const none = await watched();
  expect([none.openPages, none.isFiring(mismatch)]).toEqual([[], false]);
});
