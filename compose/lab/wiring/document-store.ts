import { join } from 'node:path';
import { at, listenPort } from './ports.ts';
import type { Wire } from './wiring.ts';

/**
 * MongoDB's wire on files of its own, so that feeds do not share the fate of the shop's database. A copy that can be made again need
 * not wait for the disk: what is written outlives the process.
 */
export const wireDocumentStore: Wire = (node, { state, binary, hosts }) => ({
  name: node.name,
  files: [],
  preparations: [],
  argv: [
    binary('ferretdb', 'ferretdb'),
    `--listen-addr=${at({ state, hosts }, node.name, 'mongodb')}`,
    '--handler=sqlite',
    `--sqlite-url=file:${join(state.home, node.name)}/?_pragma=synchronous(normal)`,
    '--log-level=warn',
  ],
  env: {},
  probe: { kind: 'mongodb', port: listenPort(state, node.name, 'mongodb') },
  dependsOn: {},
});
