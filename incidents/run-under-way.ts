import { bootId, isAlive, readOwner } from '@firedrill/lab/control';

/** The run that holds a lab; `undefined` where none does: what a killed one left holds nothing. */
export function runUnderWay(home: string): string | undefined {
  const owner = readOwner(home);
  const lives = owner !== undefined && owner.bootId === bootId() && isAlive(owner.runner);
  return lives ? owner.run : undefined;
}
