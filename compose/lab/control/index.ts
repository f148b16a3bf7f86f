export { type Action, actionSchema, type Toxic, toxicSchema, type Undo, undoOf, undoSchema } from './action.ts';
export type { Control, EdgeReading, LabReading, NodeReading } from './control.ts';
