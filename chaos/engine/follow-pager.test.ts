import type { LabState } from '@firedrill/lab';
import { expect, it } from 'vitest';
import type { JournalEntry } from '../journal/journal-writer.ts';
import { followPager } from './follow-pager.ts';
import type { Acknowledgement, LabPager } from './lab-pager.ts';

const taken = (incident: string, second: number): Acknowledgement => ({
  incident,
  at: `2026-11-23T09:00:0${second}.000Z`,
  by: 'ana',
  alerts: ['page CheckoutAvailability'],
});

/** A pager whose acknowledgements the test gives. */
async function follow(pager: Partial<LabPager>) {
  const recorded: JournalEntry[] = [];
  const leave = await followPager({
    lab: {} as LabState,
    openPager: async () => ({ acknowledgements: () => [], close: () => undefined, ...pager }),
    record: (entry) => recorded.push(entry),
  });
  return { recorded, leave };
}

it('writes down each acknowledgement of the run once, and none of an earlier one', async () => {
  const all = [taken('earlier', 1)];
  let closed = false;
  const { recorded, leave } = await follow({
    acknowledgements: () => all,
    close: () => {
      closed = true;
    },
  });
  all.push(taken('first', 2));
  await expect
    .poll(() => recorded, { timeout: 10_000 })
    .toEqual([
      {
        type: 'acknowledged',
        incident: 'first',
        by: 'ana',
        acknowledgedAt: '2026-11-23T09:00:02.000Z',
        alerts: ['page CheckoutAvailability'],
      },
    ]);
  all.push(taken('first', 3), taken('second', 3));
  leave();
  expect(recorded.map((entry) => 'incident' in entry && entry.incident)).toEqual([
    'first',
    'first',
    'second',
  ]);
  expect(closed).toBe(true);
});

it('a pager that cannot be read is told of once, and ends no run', async () => {
  const { recorded, leave } = await follow({
    acknowledgements: () => {
      throw new Error('the disk is gone');
    },
  });
  leave();
  expect(recorded).toEqual([
    { type: 'problem', code: 'pager', message: 'the pager could not be read: the disk is gone' },
  ]);
});
