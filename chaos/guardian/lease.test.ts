import { expect, test } from 'vitest';
import { Lease } from './lease.ts';

test('a lease runs out when it is not renewed in time, and begins again when it is', () => {
  let now = 0;
  const lease = new Lease(2000, () => now);
  now = 2000;
  expect(lease.expired).toBe(false);
  now = 2001;
  expect(lease.expired).toBe(true);
  lease.renew();
  expect(lease.expired).toBe(false);
});

test('a time in which nobody could be heard is no silence, and gives no more than a new term', () => {
  let now = 0;
  const lease = new Lease(2000, () => now);
  now = 6000;
  lease.extend(4900);
  expect(lease.expired).toBe(false);
  now = 6901;
  expect(lease.expired).toBe(true);
  lease.renew();
  lease.extend(5000);
  now = 8902;
  expect(lease.expired).toBe(true);
});
