import { expect, it } from 'vitest';
import { sealedProgress } from './sealed-progress.ts';

it('shows the lab and the users, and nothing of what is done to them', () => {
  const shown: string[] = [];
  const progress = sealedProgress({
    phase: (name, text) => void shown.push(`${name}: ${text}`),
    figure: (text) => void shown.push(text),
    note: (text) => void shown.push(text),
    end: () => {},
  });
  progress.phase('lab', 'level 1');
  progress.note('lab up in 7 s');
  progress.phase('control', '10 RPS without a fault for 31 s');
  progress.phase('inject', 'latency 800 ms on api-1:payment-1');
  progress.note('latency is in');
  progress.phase('watch', 'for 600 s; predicted: CheckoutLatency');
  progress.figure('burn 3.0×, no alert');
  progress.phase('heal', 'latency 800 ms');
  progress.note('done');
  expect(shown).toEqual([
    'lab: level 1',
    'lab up in 7 s',
    'users: come; from now on the pager may ring: `pnpm oncall watch`',
    'burn 3.0×, no alert',
    'heal: it is over: whatever was broken is healed',
    'done',
  ]);
});
