import { audit } from '@firedrill/target-app/audit';
import { journeys, orderStates } from '@firedrill/target-app/journeys';
import { levelByNumber } from '@firedrill/topology';
import type { Target } from '../target.ts';

/** The reference shop. */
export const shop = {
  name: 'shop',
  journeys,
  states: orderStates,
  audit,
  topology: levelByNumber,
} satisfies Target;
