import type { LabState } from '../state.ts';
import { hostOf } from '../wiring/ports.ts';
import type { Control } from './control.ts';
import { LateCall } from './deadline.ts';
import { fillDisk, freeDisk } from './disks.ts';
import { edgeReading, requireEdge } from './edges.ts';
import { hangEdge } from './hang.ts';
import { healEdges, healNodes, healSabotage, healSetting } from './heal.ts';
import { nativeActions, notInContainers } from './native-only.ts';
import { killNode, readNodes, requireNode } from './nodes.ts';
import { readProxies } from './read-proxies.ts';
import { applyRelease, healRelease } from './release.ts';
import { runnerOf } from './runner-of.ts';
import { sabotageOf, saboteursOf, startSaboteur } from './saboteur/saboteurs.ts';
import { changeSetting, readSetting, settingsOf } from './settings.ts';
import { singleFlight } from './single-flight.ts';
import { proxyNameOf, toxiproxyApi } from './toxiproxy.ts';
import { rebuildToxiproxy, toxiproxyProcess } from './toxiproxy-process.ts';

/** The control of a running lab. It holds no connection open and needs no closing. */
export function createControl(state: LabState): Control {
  const runner = runnerOf(state);
  const api = toxiproxyApi(state.toxiproxyPort, hostOf(state, toxiproxyProcess));
  // A call that outlived its second may land after the heal: then only a new Toxiproxy is a healed one.
  let late = false;
  // Faults are undone side by side: those that find Toxiproxy hanging share one rebuild.
  const rebuild = singleFlight(async () => {
    await revive();
    await rebuildToxiproxy(state, runner, api);
    late = false;
  });
  const revive = singleFlight(() => runner.revive());
  const parts = { state, runner, api, rebuild, revive };
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
      if (state.runtime === 'docker' && nativeActions.has(action.kind)) throw notInContainers(action.kind);
      switch (action.kind) {
        case 'node-kill':
          return killNode(state, action.node);
        case 'node-pause':
          requireNode(state, action.node);
          return runner.hold(action.node);
        case 'node-restart-loop': {
          const { node, turns } = action;
          requireNode(state, node);
          return startSaboteur(state, { kind: 'restart-loop', node, turns });
        }
        case 'disk-fill':
          return fillDisk(state, action.node, action.leaveBytes);
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
          const { edge, connections, overMs } = action;
          requireEdge(state, edge);
          return startSaboteur(state, {
            kind: 'hog',
            edge,
            connections,
            ...(overMs === undefined ? {} : { overMs }),
          });
        }
        case 'toxic-add':
          requireEdge(state, action.edge);
          return noteLate(api.addToxic(proxyNameOf(action.edge), action.toxic));
        case 'toxic-update':
          requireEdge(state, action.edge);
          return noteLate(api.updateToxic(proxyNameOf(action.edge), action.toxic));
        case 'edge-disable':
          requireEdge(state, action.edge);
          return noteLate(api.setEnabled(proxyNameOf(action.edge), false));
        case 'edge-hang':
          requireEdge(state, action.edge);
          return noteLate(hangEdge(state, api, action.edge));
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
        case 'node-continue':
          await runner.letRun([undo.node]);
          return healNodes(parts, [undo.node]);
        case 'node-restart-loop-end':
          await healSabotage(parts, [], sabotageOf('restart-loop', undo.node));
          return healNodes(parts, [undo.node]);
        case 'node-starve-end':
          return healSabotage(parts, [undo.node], sabotageOf('starve', undo.node));
        case 'disk-free':
          await freeDisk(state, undo.node);
          return healNodes(parts, [undo.node]);
        case 'pool-hog-end':
          return healSabotage(parts, [], sabotageOf('hog', undo.edge));
        case 'edge-hang-end':
          await healSabotage(parts, [], sabotageOf('hang', undo.edge));
          await forgetLate();
          return healEdges(parts, [undo.edge]);
        case 'edge-restore':
          await forgetLate();
          return healEdges(parts, [undo.edge]);
      }
    },
    async healAll() {
      // First, so that nothing breaks anew what is healed next, and every node can answer.
      await healSabotage(parts, Object.keys(state.probes));
      await forgetLate();
      await healEdges(parts, Object.keys(state.edges));
      await Promise.all(Object.keys(state.disks ?? {}).map((node) => freeDisk(state, node)));
      await healNodes(parts, Object.keys(state.probes));
      await healRelease(state);
      await Promise.all(settingsOf(state).map(({ node, setting }) => healSetting(parts, node, setting)));
    },
    rebuild,
    carriers: () => runner.carriers(),
    async read(patienceMs = 0) {
      const proxies = await readProxies(api, patienceMs);
      return {
        edges: Object.keys(state.edges).map((edge) => edgeReading(edge, proxies)),
        nodes: await readNodes(state, runner),
        saboteurs: saboteursOf(state).map(({ name }) => name),
        supervised: await runner.isThere(),
      };
    },
    readSetting: (node, setting) => readSetting(state, node, setting),
    stopLab: () => runner.stopLab(),
  };
}
