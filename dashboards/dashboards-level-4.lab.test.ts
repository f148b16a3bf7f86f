import { askEveryQuery } from './testing/live-queries.ts';

// Level 4 has all that the levels below it have.
askEveryQuery(4);
