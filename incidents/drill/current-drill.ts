import { FiredrillError } from '@firedrill/errors';
import { drillsIn, type FoundDrill, hasRunner, isUnderWay, sealedFolder } from './drill-folders.ts';
import { begunOf, eventsOf } from './event.ts';

/** The drill that is under way; there is one at most. @throws {FiredrillError} `drill-not-running`, `invalid-data` */
export function currentDrill(sealed = sealedFolder()): FoundDrill {
  const all = drillsIn(sealed);
  const found = all.find(isUnderWay);
  if (found !== undefined) return found;
  const killed = all.findLast((one) => eventsOf(one.events, 'ended').length === 0 && !hasRunner(one));
  if (killed === undefined) {
    throw new FiredrillError('drill-not-running', 'no drill is under way', {
      fix: 'begin one with `pnpm drill start`; `pnpm drill history` has those that are over',
    });
  }
  const { by, level } = begunOf(killed.events);
  throw new FiredrillError(
    'drill-not-running',
    `the process that carried out the drill of ${by} at level ${level} is gone`,
    { fix: 'it is over, and not scored: `pnpm drill history` puts what it wrote beside the others' },
  );
}
