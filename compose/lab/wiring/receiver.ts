import { join } from 'node:path';
import { receiverJournalPath } from '../oncall-folder.ts';
import { listenPort } from './ports.ts';
import type { Wire } from './wiring.ts';

/** The pager: keeps every notification with its time, and tells Prometheus of its incidents. It is of a room behind this one: by its path. */
export const wireReceiver: Wire = (node, { hosts, state, nodeJs }) => {
  const port = listenPort(state, node.name, 'http');
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [nodeJs, join(state.checkout, 'incidents', 'pager', 'main.ts')],
    env: {
      RECEIVER_HOST: hosts.listen,
      RECEIVER_PORT: String(port),
      RECEIVER_TOKEN: state.secrets.receiverToken,
      RECEIVER_JOURNAL: receiverJournalPath(state),
    },
    probe: { kind: 'http', port, path: '/readyz' },
    dependsOn: {},
  };
};
