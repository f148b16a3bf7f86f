import { allLabs, type LabState } from '@firedrill/lab';
import { bootId, guardianPaths, isAlive, labScope, processEntry, readOwner } from '@firedrill/lab/control';
import { openIntents } from '../guardian/intent-log.ts';

/** A run that holds a lab, or left one. */
export interface RunUnderWay {
  readonly run: string;
  readonly level: number;
  readonly checkout: string;
  /** `hangs`: held by SIGSTOP. */
  readonly runner: 'runs' | 'hangs' | 'gone';
  readonly guardian: 'runs' | 'hangs' | 'gone';
  /** Effects that are in; `null` where a drill's are sealed. */
  readonly effects: number | null;
}

/** Every lab of this user, of whatever level and checkout; of one scope only when this process has one. */
export const labsMeant = (): readonly LabState[] =>
  allLabs().filter(({ scope }) => labScope() === '' || scope === labScope());

/** Effects that are in, by the guardian's own log. */
export const effectsIn = ({ home }: Pick<LabState, 'home'>): number =>
  openIntents(guardianPaths(home).intents).length;

/** What is under way now, by the files and processes of each lab; asks nobody, so that a hung guardian shows too. */
export function runsUnderWay(): readonly RunUnderWay[] {
  return labsMeant().flatMap(({ home, level, checkout }) => {
    const owner = readOwner(home);
    if (owner === undefined) return [];
    const here = owner.bootId === bootId();
    const state = (identity: (typeof owner)['runner']): RunUnderWay['runner'] => {
      if (!here || !isAlive(identity)) return 'gone';
      return processEntry(identity.pid)?.stopped === true ? 'hangs' : 'runs';
    };
    const { run, runner, guardian, sealed } = owner;
    const effects = sealed ? null : effectsIn({ home });
    return [{ run, level, checkout, runner: state(runner), guardian: state(guardian), effects }];
  });
}
