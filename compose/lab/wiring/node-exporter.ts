import { at, listenPort } from './ports.ts';
import type { Wire } from './wiring.ts';

/** Only what an alert or a panel asks for. */
const collectors = ['cpu', 'diskstats', 'filesystem', 'loadavg', 'meminfo', 'pressure'];

/** The machine itself: its disk, its memory, its processors. */
export const wireNodeExporter: Wire = (node, context) => {
  const { state, binary, mountPoint, notAsRoot } = context;
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [
      ...notAsRoot,
      binary('node-exporter', 'node_exporter'),
      `--web.listen-address=${at(context, node.name, 'http')}`,
      '--collector.disable-defaults',
      ...collectors.map((collector) => `--collector.${collector}`),
      // The disk that the lab is on, so that a full one elsewhere alarms nobody.
      `--collector.filesystem.mount-points-include=^${mountPoint.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
      '--collector.filesystem.fs-types-exclude=^$',
      '--log.level=warn',
    ],
    env: {},
    probe: { kind: 'http', port: listenPort(state, node.name, 'http'), path: '/' },
    dependsOn: {},
  };
};
