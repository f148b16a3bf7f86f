import { levels } from '@firedrill/topology';
import type { LintRule, SpecToLint } from '../rule.ts';

/** Sloth's rules join on the service and not on the level's label: a level with another's service reads its ratios. */
export const ownService: LintRule<SpecToLint> = {
  name: 'own-service',
  find: ({ spec, level }) => {
    if (level === undefined) {
      const services = levels.map(({ service }) => service).join(', ');
      const fix = `use one of ${services}`;
      return [{ path: ['service'], problem: `${spec.service} is no level's service`, fix }];
    }
    if (spec.service === level.service) return [];
    const problem = `${spec.service} is not level ${level.number}'s service, so its rules would join another level's`;
    return [{ path: ['service'], problem, fix: `write ${level.service}` }];
  },
};
