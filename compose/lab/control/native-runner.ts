import type { LabState } from '../state.ts';
import { processesOfNode } from './lab-processes.ts';
import type { NodeRunner } from './node-runner.ts';
import { processCompose } from './process-compose.ts';
import { killUntilGone } from './signal.ts';
import { stopLab } from './stop-lab.ts';
import { continueNodes, holdNode } from './stopped.ts';
import { carriersOf, isSupervised, reviveSupervisor } from './supervisor.ts';

/** process-compose starts them; all else is done by signals, to whatever the process table has of a node. */
export function nativeRunner(state: LabState): NodeRunner {
  const supervisor = processCompose(state.processComposeSocket);
  return {
    ...supervisor,
    isThere: async () => isSupervised(state),
    revive: () => reviveSupervisor(state, supervisor),
    kill: (name) => killUntilGone(() => processesOfNode(state, name)),
    hold: (name) => holdNode(state, name),
    letRun: (names) => continueNodes(state, names),
    held: async () => [],
    bringLog: async () => {},
    carriers: () => carriersOf(state),
    stopLab: () => stopLab(state),
  };
}
