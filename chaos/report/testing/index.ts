export { fixtureRun, writeFixtureRun } from './fixture-run.ts';
