import { askEveryQuery } from './testing/live-queries.ts';

askEveryQuery(3);
