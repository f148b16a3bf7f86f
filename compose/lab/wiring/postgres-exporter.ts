import { exporterRole } from './exporter-role.ts';
import { at, listenPort, through } from './ports.ts';
import { shopDatabase } from './postgres.ts';
import { sqlEdgesOf } from './sql-edges.ts';
import type { Wire } from './wiring.ts';

const collectors = [
  '--collector.stat_statements',
  '--collector.long_running_transactions',
  '--collector.stat_wal_receiver',
  '--no-collector.wal',
  '--no-collector.roles',
  '--no-collector.statio_user_tables',
];

/** One server's figures: its transactions, locks, tables, statements, replication. */
export const wirePostgresExporter: Wire = (node, context) => {
  const { level, state, binary } = context;
  const [edge] = sqlEdgesOf(level, node.name);
  return {
    name: node.name,
    // It looks for one and complains of none.
    files: [{ path: 'postgres_exporter.yml', content: '{}\n' }],
    preparations: [],
    argv: [
      binary('postgres-exporter', 'postgres_exporter'),
      `--web.listen-address=${at(context, node.name, 'http')}`,
      ...collectors,
      '--disable-settings-metrics',
      '--log.level=warn',
    ],
    env: {
      DATA_SOURCE_URI: `${through(context, edge?.name ?? '')}/${shopDatabase}?sslmode=disable&connect_timeout=2`,
      DATA_SOURCE_USER: exporterRole,
      DATA_SOURCE_PASS: state.secrets.exporterPassword,
    },
    probe: { kind: 'http', port: listenPort(state, node.name, 'http'), path: '/' },
    dependsOn: { toxiproxy: 'started' },
  };
};
