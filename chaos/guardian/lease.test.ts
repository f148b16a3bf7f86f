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
