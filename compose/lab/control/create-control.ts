import type { LabState } from '../state.ts';
import type { Control } from './control.ts';
import { LateCall } from './deadline.ts';
import { edgeReading, requireEdge } from './edges.ts';
import { healEdges, healNodes } from './heal.ts';
import { killNode, nodeReading } from './nodes.ts';
import { processCompose } from './process-compose.ts';
import { singleFlight } from './single-flight.ts';
import { stopLab } from './stop-lab.ts';
import { proxyNameOf, toxiproxyApi } from './toxiproxy.ts';
import { rebuildToxiproxy } from './toxiproxy-process.ts';

/** The control of a running lab. It holds no connection open and needs no closing. */
export function createControl(state: LabState): Control {
  const supervisor = processCompose(state.processComposeSocket);
  const api = toxiproxyApi(state.toxiproxyPort);
  // A call that outlived its second may land after the heal: then only a new Toxiproxy is a healed one.
  let late = false;
  // Faults are undone side by side: those that find Toxiproxy hanging share one rebuild.
  const rebuild = singleFlight(async () => {
    await rebuildToxiproxy(state, supervisor, api);
    late = false;
  });
  const parts = { state, supervisor, api, rebuild };
  const noteLate = async (call: Promise<void>): Promise<void> => {
    try {
      await call;
    } catch (error) {
      late ||= error instanceof LateCall;
      throw error;
    }
  };
  const forgetLate = async (): Promise<void> => {
    if (late) await rebuild();
  };

  return {
    async apply(action) {
      if (action.kind === 'node-kill') return killNode(state, action.node);
      requireEdge(state, action.edge);
      const proxy = proxyNameOf(action.edge);
      return noteLate(
        action.kind === 'toxic-add' ? api.addToxic(proxy, action.toxic) : api.setEnabled(proxy, false),
      );
    },
    async undo(undo) {
      if (undo.kind === 'node-start') return healNodes(parts, [undo.node]);
      await forgetLate();
      return healEdges(parts, [undo.edge]);
    },
    async healAll() {
      await forgetLate();
      await healEdges(parts, Object.keys(state.edges));
      await healNodes(parts, Object.keys(state.probes));
    },
    async read() {
      const proxies = await api.read().catch(() => undefined);
      const reports = await supervisor.processes().catch(() => undefined);
      return {
        edges: Object.keys(state.edges).map((edge) => edgeReading(edge, proxies)),
        nodes: Object.keys(state.probes).map((node) => nodeReading(state, node, reports)),
      };
    },
    stopLab: () => stopLab(state),
  };
}
