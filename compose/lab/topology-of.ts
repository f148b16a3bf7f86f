import { type Level, levelByNumber, withFeed } from '@firedrill/topology';
import type { LabState } from './state.ts';

/** Pure: the topology that a lab was started with: its level's, and what was asked for besides. */
export const topologyOf = ({ level, feed }: Pick<LabState, 'level' | 'feed'>): Level =>
  withFeed(levelByNumber(level), feed);
