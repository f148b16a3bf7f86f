export { amongUsers } from './among-users.ts';
export { measureFailover } from './failover.ts';
export {
  type Failover,
  failoverSchema,
  type LossOfALeader,
  lossesOfALeader,
  patienceSeconds,
} from './failover-result.ts';
export { type KillPoint, killPoints, type Victim, victims } from './kill-points.ts';
export { type PlayedKill, playedKillSchema } from './kill-result.ts';
export { type LabRound, labRoundSchema } from './lab-result.ts';
export { measureLab } from './lab-round.ts';
export { playKill } from './play-kill.ts';
