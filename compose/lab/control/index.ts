export { type LabState, labStateSchema, type Probe } from '../state.ts';
export {
  type Action,
  actionSchema,
  type Setting,
  type Toxic,
  toxicSchema,
  type Undo,
  undoOf,
  undoSchema,
} from './action.ts';
export { type Control, type EdgeReading, isWhole, type LabReading, type NodeReading } from './control.ts';
export { createControl } from './create-control.ts';
export { guardianPaths, type Owner, readOwner } from './guardian-files.ts';
export { labHome, labIdOf, labLockPath, labScope, thisCheckout } from './lab-home.ts';
export { labLockHeld, lockConflictExitCode, takeLabLock, underLabLock } from './lab-lock.ts';
export { processesByNode, processesOfLab, processesOfNode } from './lab-processes.ts';
export { readLabState } from './lab-state-file.ts';
export { bootId, isAlive, type ProcessIdentity, processEntry } from './process-table.ts';
export { forgetRun, type Recovered, recoverAbandoned } from './recover-abandoned.ts';
