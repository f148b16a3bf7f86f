import type { Node } from '@firedrill/topology';
import type { WiringContext } from '../../wiring/wiring.ts';
import { nodeService, type Service } from './service.ts';

/** Pure: the users, who come with a run and not with the lab: the run gives them their configuration on stdin. */
export function loadClientService(node: Node, context: WiringContext): Service {
  const wired = {
    name: node.name,
    files: [],
    preparations: [],
    argv: [context.nodeJs, `${context.state.checkout}/chaos/load/main.ts`],
    env: {},
    probe: undefined,
    dependsOn: {},
  };
  const service = nodeService(node, wired, context);
  return { ...service, definition: { ...service.definition, stdin_open: true } };
}
