import { join } from 'node:path';
import { prometheusAlertFlags, prometheusRuleFiles } from '@firedrill/alerts';
import { prometheusRetention, quietHistory } from '@firedrill/slo';
import { stringify } from 'yaml';
import { at, listenPort, through } from './ports.ts';
import { scrapeConfigs } from './scrape-configs.ts';
import type { Wire, WiringContext } from './wiring.ts';

function prometheusConfig(name: string, context: WiringContext): string {
  const { level, state } = context;
  const alertmanagers = level.edges.filter(
    (edge) =>
      edge.from === name && level.nodes.some((node) => node.name === edge.to && node.kind === 'alertmanager'),
  );
  return stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: prometheusRuleFiles(level.number, state.clock),
    alerting: {
      alertmanagers: [
        {
          timeout: '1s',
          static_configs: [{ targets: alertmanagers.map(({ name: edge }) => through(context, edge)) }],
        },
      ],
    },
    scrape_configs: scrapeConfigs(name, context),
  });
}

/** Pure: promtool's words that make blocks of a text. One block: the text is read anew for each. */
export const loadHistory = (text: string, data: string): readonly string[] => [
  ...['tsdb', 'create-blocks-from', '--max-block-duration=24h'],
  ...['openmetrics', '--quiet', text, data],
];

/** Prometheus with a quiet past: blocks are made into its empty data folder, so that no window is young. */
export const wirePrometheus: Wire = (node, context) => {
  const { level, state, binary, now } = context;
  const port = listenPort(state, node.name, 'http');
  const folder = join(state.home, node.name);
  return {
    name: node.name,
    files: [
      { path: 'prometheus.yml', content: prometheusConfig(node.name, context) },
      { path: 'quiet-history.txt', content: quietHistory({ level, endMs: now }) },
    ],
    preparations: [
      {
        title: 'load the quiet history',
        argv: [binary('prometheus', 'promtool'), ...loadHistory('quiet-history.txt', 'data')],
      },
    ],
    argv: [
      binary('prometheus', 'prometheus'),
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--storage.tsdb.retention.time=${prometheusRetention[state.clock]}`,
      `--web.listen-address=${at(context, node.name, 'http')}`,
      '--enable-feature=exemplar-storage',
      // A run takes a snapshot of all samples with it.
      '--web.enable-admin-api',
      // Its targets are the same ever after: what it waits for here, only the start of the lab would wait for.
      '--scrape.discovery-reload-interval=100ms',
      ...prometheusAlertFlags,
      '--log.level=warn',
    ],
    env: {},
    probe: { kind: 'http', port, path: '/-/ready' },
    dependsOn: {},
  };
};
