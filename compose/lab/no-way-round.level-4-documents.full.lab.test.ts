import { expectNoWayRound } from './testing/no-way-round.ts';

expectNoWayRound(4, 'mongodb');
