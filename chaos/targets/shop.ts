import { answersIn, audit } from '@firedrill/target-app/audit';
import { journeys, orderStates, session } from '@firedrill/target-app/journeys';
import { levelByNumber } from '@firedrill/topology';
import type { Target } from '../target.ts';

/** The reference shop. */
export const shop = {
  name: 'shop',
  journeys,
  session,
  states: orderStates,
  audit,
  answersIn,
  topology: levelByNumber,
} satisfies Target;
