export { inParallel } from './in-parallel.ts';
export { isNamed, type Mistake, mistakes } from './mistakes.ts';
export { play } from './play.ts';
export type { Scenario } from './scenario.ts';
export { scenarios } from './scenarios.ts';
