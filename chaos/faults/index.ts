import { FiredrillError } from '@firedrill/errors';
import { badRelease } from './bad-release.ts';
import { bandwidth } from './bandwidth.ts';
import { connectHang } from './connect-hang.ts';
import { cut } from './cut.ts';
import { diskFull } from './disk-full.ts';
import { drop } from './drop.ts';
import { expire } from './expire.ts';
import { fail } from './fail.ts';
import type { Fault } from './fault.ts';
import { hog } from './hog.ts';
import { kill } from './kill.ts';
import { latency } from './latency.ts';
import { pause } from './pause.ts';
import { refuse } from './refuse.ts';
import { reset } from './reset.ts';
import { restartLoop } from './restart-loop.ts';
import { slowClose } from './slow-close.ts';
import { stall } from './stall.ts';
import { starve } from './starve.ts';

export { compileFault } from './compile-fault.ts';
export type { Fault, FaultTarget, Way } from './fault.ts';

/** Every fault, by the name of its file. */
export const faults: readonly Fault[] = [
  badRelease,
  bandwidth,
  connectHang,
  cut,
  diskFull,
  drop,
  expire,
  fail,
  hog,
  kill,
  latency,
  pause,
  refuse,
  reset,
  restartLoop,
  slowClose,
  stall,
  starve,
].map((fault) => fault as Fault);

/** @throws {FiredrillError} `usage`, naming the fault and listing those there are. */
export function faultNamed(name: string): Fault {
  const found = faults.find((fault) => fault.name === name);
  if (found !== undefined) return found;
  throw new FiredrillError('usage', `unknown fault ${name}`, {
    fix: `use one of ${faults.map((fault) => fault.name).join(', ')}`,
  });
}
