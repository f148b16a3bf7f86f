import type { WindowPair } from '../../windows.ts';
import type { Path } from '../finding.ts';

/** Where a pair stands in its file. */
export const pairPath = (
  { severity, speed }: WindowPair,
  field: 'shortWindow' | 'longWindow' | 'errorBudgetPercent',
): Path => ['spec', severity, speed, field];
