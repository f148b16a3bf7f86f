import { FiredrillError } from '@firedrill/errors';
import { drillsIn, type FoundDrill, isUnderWay, sealedFolder } from './drill-folders.ts';

/** The drill that is under way; there is one at most. @throws {FiredrillError} `drill-not-running`, `invalid-data` */
export function currentDrill(sealed = sealedFolder()): FoundDrill {
  const found = drillsIn(sealed).find(isUnderWay);
  if (found !== undefined) return found;
  throw new FiredrillError('drill-not-running', 'no drill is under way', {
    fix: 'begin one with `pnpm drill start`; `pnpm drill history` has those that are over',
  });
}
