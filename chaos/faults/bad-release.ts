import { undoOf } from '@firedrill/lab/control';
import { releaseNamed, releases } from '@firedrill/lab/levers';
import { z } from 'zod';
import { judgeByRules } from '../witness/judgement.ts';
import { gauged, healthyAfter, healthyBefore, othersAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({
  /** A name of `pnpm lab releases`. */
  release: z.string(),
});

const placeOf = (name: unknown): number => releases.findIndex((release) => release.name === name);

/** A release that does harm: rolled out to every API, one after the other, as every release is. */
export const badRelease: Fault<z.infer<typeof params>> = {
  name: 'bad-release',
  summary: 'a release that does harm is rolled out to the APIs; the release before runs again at the heal',
  params,
  gauge: 'release',
  compile({ release }, topology, target) {
    nodesOf('bad-release', topology, target, 'shop-api');
    releaseNamed(release);
    const action = { kind: 'release', release } as const;
    return {
      effects: [{ action, undo: undoOf(action) }],
      label: `bad release: ${release}`,
      colour: '#8a6d1f',
      expect: { release, during: 'every API runs it', after: 'none does' },
    };
  },
  judge: ({ release }, readings) =>
    judgeByRules(readings, [
      ...healthyBefore,
      gauged('before', 'another release', (figures) => figures.release !== placeOf(release)),
      gauged('during', `release ${release}`, (figures) => figures.release === placeOf(release)),
      ...othersAnswered,
      gauged('after', 'another release', (figures) => figures.release !== placeOf(release)),
      ...healthyAfter,
    ]),
};
