export { measureFailover } from './failover.ts';
export {
  type Failover,
  failoverSchema,
  type LossOfALeader,
  lossesOfALeader,
} from './failover-result.ts';
export { type LabRound, labRoundSchema } from './lab-result.ts';
export { measureLab } from './lab-round.ts';
