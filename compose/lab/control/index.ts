export { type LabState, labStateSchema, type Probe } from '../state.ts';
export { nodesWithOwnDisk } from '../wiring/own-disk.ts';
export {
  type Action,
  actionSchema,
  type Setting,
  type Toxic,
  type Turn,
  toxicSchema,
  type Undo,
  undoOf,
  undoSchema,
} from './action.ts';
export { type ConnectionTable, connectionTable } from './connection-table.ts';
export {
  type Carrier,
  type Control,
  type EdgeReading,
  isWhole,
  type LabReading,
  type NodeReading,
} from './control.ts';
export { createControl } from './create-control.ts';
export { readDisk } from './disks.ts';
export { guardianPaths, type Owner, readOwner } from './guardian-files.ts';
export { labHome, labIdOf, labLockPath, labScope, thisCheckout } from './lab-home.ts';
export { labLockHeld, lockConflictExitCode, takeLabLock, takeLock, underLabLock } from './lab-lock.ts';
export { processesByNode, processesOfLab, processesOfNode, processFinder } from './lab-processes.ts';
export { readLabState } from './lab-state-file.ts';
export { mongodbPing, mongodbPong } from './mongodb-ping.ts';
export { nativeActions, notInContainers } from './native-only.ts';
export { readNodeLog } from './node-log.ts';
export { ownAddress, ownSocket } from './own-socket.ts';
export { bootId, isAlive, type ProcessIdentity, processEntry } from './process-table.ts';
export { forgetRun, type Recovered, recoverAbandoned } from './recover-abandoned.ts';
export { isSealed } from './sealed.ts';
export { thisUser } from './this-user.ts';
