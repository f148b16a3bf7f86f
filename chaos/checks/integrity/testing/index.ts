export { type CheckRequest, checkInvariants } from '../invariants.ts';
export { partReturn } from './histories.ts';
export { asked, type ModelCheckout, modelRun } from './model-shop.ts';
