import { plainSale } from '../histories.ts';
import { type ModelRun, opinion, sendReview } from '../model-shop.ts';
import type { Corruption } from './corruption.ts';
import type { Audit } from './spoil.ts';

/** Reviews that are not what was sent. */
export const reviews: readonly Corruption[] = [
  {
    name: 'an acknowledged review is not there',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, () => []),
  },
  {
    name: 'a review is there twice',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [row, { ...row, id: 'once more' }]),
  },
  {
    name: 'a review has other stars than were given',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [{ ...row, rating: 5 }]),
  },
  {
    name: 'a review has other words than were sent',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [{ ...row, text: 'Leaks.' }]),
  },
  {
    name: 'a review is written by somebody who never bought the article',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [{ ...row, bought: false }]),
  },
  {
    name: 'a review that was refused is there',
    caughtBy: [13],
    victim: plainSale,
    spoil: (run) => reviewed(run, (row) => [row], 'refused'),
  },
];

/** One more review, of which `kept` says what the books have. */
function reviewed(
  run: ModelRun,
  kept: (row: Audit['reviews'][number]) => Audit['reviews'],
  end: 'ok' | 'refused' = 'ok',
): void {
  const row = opinion('c-victim', 'SKU-1', 'v-victim');
  sendReview(run, row, 'v-victim', end);
  run.audit.reviews.push(...kept(row));
}
