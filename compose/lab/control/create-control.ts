import type { LabState } from '../state.ts';
import type { Control } from './control.ts';
import { LateCall } from './deadline.ts';
import { edgeReading, requireEdge } from './edges.ts';
import { healEdges, healNodes, healSetting, healStarved } from './heal.ts';
import { killNode, readNodes, requireNode } from './nodes.ts';
import { processCompose } from './process-compose.ts';
import { applyRelease, healRelease } from './release.ts';
import { endSaboteurs, hogs, saboteursOf, startSaboteur } from './saboteur/saboteurs.ts';
import { changeSetting, readSetting, settingsOf } from './settings.ts';
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
      switch (action.kind) {
        case 'node-kill':
          return killNode(state, action.node);
        case 'release':
          return applyRelease(state, action.release);
        case 'node-setting':
          return changeSetting(state, action.node, action.setting, action.value);
        case 'node-starve': {
          const { node, share, periodMs } = action;
          requireNode(state, node);
          return startSaboteur(state, { kind: 'starve', node, share, periodMs });
        }
        case 'pool-hog': {
          const { edge, connections } = action;
          requireEdge(state, edge);
          return startSaboteur(state, { kind: 'hog', edge, connections });
        }
        case 'toxic-add':
          requireEdge(state, action.edge);
          return noteLate(api.addToxic(proxyNameOf(action.edge), action.toxic));
        case 'edge-disable':
          requireEdge(state, action.edge);
          return noteLate(api.setEnabled(proxyNameOf(action.edge), false));
      }
    },
    async undo(undo) {
      switch (undo.kind) {
        case 'node-start':
          return healNodes(parts, [undo.node]);
        case 'release-end':
          return healRelease(state);
        case 'node-setting-reset':
          return healSetting(parts, undo.node, undo.setting);
        case 'node-starve-end':
          return healStarved(parts, undo.node);
        case 'pool-hog-end':
          return endSaboteurs(state, hogs(undo.edge));
        case 'edge-restore':
          await forgetLate();
          return healEdges(parts, [undo.edge]);
      }
    },
    async healAll() {
      // First, so that nothing breaks anew what is healed next, and every node can answer.
      await healStarved(parts);
      await forgetLate();
      await healEdges(parts, Object.keys(state.edges));
      await healNodes(parts, Object.keys(state.probes));
      await healRelease(state);
      await Promise.all(settingsOf(state).map(({ node, setting }) => healSetting(parts, node, setting)));
    },
    async read() {
      const proxies = await api.read().catch(() => undefined);
      return {
        edges: Object.keys(state.edges).map((edge) => edgeReading(edge, proxies)),
        nodes: readNodes(state),
        saboteurs: saboteursOf(state).map(({ name }) => name),
      };
    },
    readSetting: (node, setting) => readSetting(state, node, setting),
    stopLab: () => stopLab(state),
  };
}
