import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Node } from '@firedrill/topology';
import {
  followSettings,
  passwordFile,
  replicationSettings,
  replicatorSql,
  standbyConf,
  standbyFile,
} from './replication.ts';
import type { Preparation, Wired, WiringContext } from './wiring.ts';

const startScript = readFileSync(join(import.meta.dirname, 'start-postgres.sh'), 'utf8');

/** A server as it would be alone → the same among others: it may be followed, and follows where the topology says so. */
export function replicated(alone: Wired, node: Node, context: WiringContext): Wired {
  const { state, hosts, binary, notAsRoot } = context;
  const folder = join(state.home, node.name);
  const password = state.secrets.postgresPassword;
  const postgres = binary('postgres', 'postgres');
  const common: Wired = {
    ...alone,
    files: [
      ...alone.files.map((file) =>
        file.path === 'postgresql.conf'
          ? { ...file, content: `${file.content}${followSettings}${replicationSettings}` }
          : file,
      ),
      { path: 'start-postgres.sh', content: startScript },
      { path: 'replication.pgpass', content: passwordFile(password) },
    ],
    argv: [...notAsRoot, '/bin/sh', join(folder, 'start-postgres.sh'), dirname(postgres)],
    env: { ...alone.env, PGPASSFILE: join(folder, 'replication.pgpass') },
  };
  if (node.follows !== undefined) {
    return {
      ...common,
      files: [
        ...common.files,
        { path: standbyFile, content: standbyConf(state, hosts, node.name, node.follows) },
      ],
      preparations: [],
      // Not on whom it follows: that may be dead when this one is started again. The start script waits for it.
      dependsOn: { toxiproxy: 'started' },
    };
  }
  return {
    ...common,
    preparations: [...alone.preparations, createReplicator(context)],
  };
}

/** Once, on the server whose copies the others are. */
export function createReplicator({ state, binary, notAsRoot }: WiringContext): Preparation {
  return {
    title: 'create the replication role',
    argv: [...notAsRoot, binary('postgres', 'postgres'), '--single', '-D', 'data', 'postgres'],
    stdin: [...replicatorSql(state.secrets.postgresPassword), ''].join('\n'),
  };
}
