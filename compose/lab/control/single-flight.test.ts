import { expect, it } from 'vitest';
import { singleFlight } from './single-flight.ts';

it('does the work once for all who ask meanwhile, and again for who asks later', async () => {
  const ends: PromiseWithResolvers<void>[] = [];
  const once = singleFlight(() => {
    const end = Promise.withResolvers<void>();
    ends.push(end);
    return end.promise;
  });
  const both = Promise.all([once(), once()]);
  expect(ends).toHaveLength(1);
  ends[0]?.resolve();
  await both;
  const failing = once();
  expect(ends).toHaveLength(2);
  ends[1]?.reject(new Error('stuck'));
  await expect(failing).rejects.toThrow('stuck');
  void once();
  expect(ends).toHaveLength(3);
});
