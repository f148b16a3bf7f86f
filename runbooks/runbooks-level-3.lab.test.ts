import { askEveryQuery } from './testing/live-queries.ts';

// Level 3 has all that level 2 has.
askEveryQuery(3);
