import type { Level, NodeKind } from '@firedrill/topology';
import { stringify } from 'yaml';
import { containerKinds } from './container-kinds.ts';
import { grafanaImage } from './images.ts';
import { addressIn } from './network-plan.ts';
import { publishedPort } from './published-port.ts';
import { containerConfig } from './rendered-file.ts';
import { common, type Service } from './service.ts';

/** Its own name among the services, and that of the profile which starts it. */
const grafana = 'grafana';
const port = 3000;
const dashboardsFolder = '/dashboards';
const provisioning = '/etc/grafana/provisioning';

/** What Grafana reads: kind of node → the type that the dashboards' variables ask for, and the node's port. */
const sources = [
  { kind: 'prometheus', type: 'prometheus', name: 'Prometheus', port: 'http' },
  { kind: 'loki', type: 'loki', name: 'Loki', port: 'http' },
  { kind: 'jaeger', type: 'jaeger', name: 'Jaeger', port: 'query' },
] as const satisfies readonly { readonly kind: NodeKind; readonly [field: string]: string }[];

/** Pure: from a line of the shop's to its trace. */
const traceOfLine = {
  derivedFields: [
    {
      name: 'trace',
      datasourceUid: 'jaeger',
      matcherType: 'label',
      matcherRegex: 'trace_id',
      url: '$${__value.raw}',
    },
  ],
};

function datasources(nodes: readonly string[]): string {
  return stringify({
    apiVersion: 1,
    datasources: sources.map(({ kind, type, name, port }, index) => ({
      name,
      type,
      uid: type,
      access: 'proxy',
      url: `http://${nodes[index]}:${containerKinds[kind].ports[port]}`,
      isDefault: type === 'prometheus',
      editable: false,
      ...(type === 'loki' ? { jsonData: traceOfLine } : {}),
    })),
  });
}

const dashboards = stringify({
  apiVersion: 1,
  providers: [
    {
      name: 'firedrill',
      folder: 'Firedrill',
      type: 'file',
      disableDeletion: true,
      allowUiUpdates: false,
      options: { path: dashboardsFolder },
    },
  ],
});

/**
 * Pure: Grafana with this checkout's dashboards. In a profile of its own: a lab is whole without it, also where its image is not to be
 * had. It is a person's window, and looks straight at the three that it shows; nothing looks at it.
 */
export function grafanaService(level: Level): Service {
  const nodes = sources.map(({ kind }) => level.nodes.find((node) => node.kind === kind)?.name ?? '');
  const configs = [
    containerConfig(
      grafana,
      'datasources.yaml',
      `${provisioning}/datasources/firedrill.yaml`,
      datasources(nodes),
    ),
    containerConfig(grafana, 'dashboards.yaml', `${provisioning}/dashboards/firedrill.yaml`, dashboards),
  ];
  return {
    name: grafana,
    published: true,
    configs,
    volumes: [],
    definition: {
      image: grafanaImage,
      ...common,
      profiles: [grafana],
      read_only: true,
      cap_drop: ['ALL'],
      tmpfs: ['/tmp', '/var/lib/grafana:uid=472'],
      environment: {
        GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
        GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
        GF_ANALYTICS_REPORTING_ENABLED: 'false',
        GF_AUTH_ANONYMOUS_ENABLED: 'true',
        // Who follows a panel to its traces explores; the dashboards themselves stay as they are.
        GF_AUTH_ANONYMOUS_ORG_ROLE: 'Editor',
        GF_AUTH_DISABLE_LOGIN_FORM: 'true',
        GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${dashboardsFolder}/slo-overview.json`,
      },
      ports: [publishedPort(grafana, port)],
      networks: Object.fromEntries(
        nodes.map((node) => [node, { ipv4_address: addressIn(level, node, 'visitor') }]),
      ),
      mem_limit: '384m',
      configs: configs.map(({ name, target }) => ({ source: name, target })),
      volumes: [
        { type: 'bind', source: '../../dashboards/grafana', target: dashboardsFolder, read_only: true },
      ],
    },
  };
}
