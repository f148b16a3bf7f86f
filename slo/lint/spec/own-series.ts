import type { LintRule, SpecToLint } from '../rule.ts';
import { eventQueries } from './event-queries.ts';

/** A query without its service counts every level's requests. */
export const ownSeries: LintRule<SpecToLint> = {
  name: 'own-series',
  find: ({ spec }) =>
    eventQueries(spec)
      .filter(({ selection: { services } }) => services.length !== 1 || services[0] !== spec.service)
      .map(({ path }) => ({
        path,
        problem: 'does not select its own service',
        fix: `add service="${spec.service}"`,
      })),
};
