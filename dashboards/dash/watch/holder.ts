import type { Owner } from '@firedrill/lab/control';
import type { LabSight } from '../sight.ts';

export interface Holder {
  readonly heldBy: LabSight['heldBy'];
  /** The run that may be told. */
  readonly run: string | null;
}

/** Pure: who holds a lab. A drill's journal tells what nobody may be told; what a dead run left holds nothing. */
export function holderOf(owner: Pick<Owner, 'run' | 'sealed'> | undefined, lives: boolean): Holder {
  if (owner === undefined || !lives) return { heldBy: null, run: null };
  return owner.sealed ? { heldBy: 'drill', run: null } : { heldBy: 'run', run: owner.run };
}
