import { FiredrillError } from '@firedrill/errors';
import { releaseNamed, releases } from '@firedrill/lab/levers';
import type { Level } from '@firedrill/topology';
import { z } from 'zod';
import { gauged, judgeFault } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({
  release: z.string().describe('a name that `pnpm lab deploy` takes'),
});

const placeOf = (name: unknown): number => releases.findIndex((release) => release.name === name);

/** It runs everywhere or nowhere: what is broken must be known by name, or another fault might overlap with it. */
function requireEveryApi({ nodes }: Level, named: readonly string[]): void {
  const apis = nodes.filter(({ kind }) => kind === 'shop-api').map(({ name }) => name);
  const left = apis.find((name) => !named.includes(name));
  if (left === undefined) return;
  throw new FiredrillError(
    'fault-refused',
    `a release is rolled out to every API, and ${left} is not named`,
    {
      where: 'target',
      fix: `put it on ${apis.join(', ')}`,
    },
  );
}

/** A release that does harm: rolled out to every API, one after the other, as every release is. */
export const badRelease: Fault<z.infer<typeof params>> = {
  name: 'bad-release',
  summary: 'a release that does harm is rolled out to the APIs; the release before runs again at the heal',
  colour: colours['bad-release'],
  params,
  gauge: 'release',
  compile({ release }, topology, target) {
    requireEveryApi(topology, nodesOf('bad-release', topology, target, 'shop-api'));
    releaseNamed(release);
    return {
      effects: effectsOf([{ kind: 'release', release }]),
      label: `bad-release: ${release}`,
      expect: { release, during: 'every API runs it', after: 'none does' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      gauged('before', 'another release', (figures) => figures.release !== placeOf(expect.release)),
      gauged(
        'during',
        `release ${String(expect.release)}`,
        (figures) => figures.release === placeOf(expect.release),
      ),
      gauged('after', 'another release', (figures) => figures.release !== placeOf(expect.release)),
    ]),
};
