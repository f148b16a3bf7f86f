import { askEveryQuery } from './testing/live-queries.ts';

// What is due at level 3 alone: a promotion by hand.
askEveryQuery(3);
