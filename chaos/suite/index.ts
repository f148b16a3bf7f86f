export { watchInterrupts } from '../engine/interrupts.ts';
export { Stop } from '../engine/stop.ts';
export { type Cell, cellName, parseCell } from './cell.ts';
export { matrixCells } from './matrix.ts';
export { planSuite } from './plan-suite.ts';
export { type CellOutcome, controlExperiment, runCell } from './run-cell.ts';
export { runSuite } from './run-suite.ts';
export { isAsWanted } from './score.ts';
export { inSeededOrder } from './seeded-order.ts';
