import type { LabState } from '../state.ts';
import { dockerRunner } from './docker-runner.ts';
import { nativeRunner } from './native-runner.ts';
import type { NodeRunner } from './node-runner.ts';

/** Who runs the nodes of this lab. */
export const runnerOf = (state: LabState): NodeRunner =>
  state.docker === undefined ? nativeRunner(state) : dockerRunner(state, state.docker);
