import { exporterRole } from './exporter-role.ts';
import { at, listenPort, through } from './ports.ts';
import { sqlEdgesOf } from './sql-edges.ts';
import type { Wire } from './wiring.ts';

/** The pool's own figures: who waits, for how long, and how many servers are left. */
export const wirePgbouncerExporter: Wire = (node, context) => {
  const { level, state, binary } = context;
  const [edge] = sqlEdgesOf(level, node.name);
  const address = through(context, edge?.name ?? '');
  return {
    name: node.name,
    files: [],
    preparations: [],
    argv: [
      binary('pgbouncer-exporter', 'pgbouncer_exporter'),
      `--web.listen-address=${at(context, node.name, 'http')}`,
      '--log.level=warn',
    ],
    env: {
      PGBOUNCER_EXPORTER_CONNECTION_STRING: `postgres://${exporterRole}:${state.secrets.exporterPassword}@${address}/pgbouncer?sslmode=disable&connect_timeout=2`,
    },
    probe: { kind: 'http', port: listenPort(state, node.name, 'http'), path: '/' },
    dependsOn: { toxiproxy: 'started' },
  };
};
