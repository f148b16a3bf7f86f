import { stringify } from 'yaml';

export interface AlertmanagerOptions {
  /** `host:port` at which Alertmanager reaches the receiver (the edge's, not the listener's). */
  readonly receiver: string;
  /** The bearer token that the receiver checks. Write the result with mode 0600. */
  readonly token: string;
}

/** How long Alertmanager holds a new group back, ms: part of the predicted detection. */
export const groupWaitMs = 100;

/** How often Alertmanager looks at a group that it has told of: on average half of it passes until a resolution is told, ms. */
export const groupIntervalMs = 1000;

/** How often the Watchdog's heartbeat reaches the receiver while all is well, ms. */
export const heartbeatMs = 2000;

/**
 * Alertmanager's configuration: everything to the one receiver, a page and its ticket as groups of their own, the ticket held
 * back while its page fires.
 */
export function alertmanagerConfig(options: AlertmanagerOptions): string {
  const receiver = 'firedrill';
  return stringify({
    global: { resolve_timeout: '30s' },
    route: {
      receiver,
      // Alerts without an SLO (components, probes, correctness) would otherwise all be one group.
      group_by: ['alertname', 'service', 'instance'],
      group_wait: `${groupWaitMs}ms`,
      group_interval: `${groupIntervalMs / 1000}s`,
      repeat_interval: '4h',
      routes: [
        {
          matchers: ['severity="watchdog"'],
          group_by: ['alertname'],
          group_wait: '0s',
          group_interval: `${heartbeatMs}ms`,
          repeat_interval: '1s',
        },
        { matchers: ['sloth_id!=""'], group_by: ['sloth_id', 'sloth_severity'] },
      ],
    },
    inhibit_rules: [
      {
        // Two absent labels are equal to Alertmanager: without `!=""` any page would silence every ticket that has no SLO.
        source_matchers: ['sloth_id!=""', 'severity="page"'],
        target_matchers: ['sloth_id!=""', 'severity="ticket"'],
        equal: ['sloth_id'],
      },
    ],
    receivers: [
      {
        name: receiver,
        webhook_configs: [
          {
            url: `http://${options.receiver}/alerts`,
            send_resolved: true,
            http_config: {
              authorization: { type: 'Bearer', credentials: options.token },
              follow_redirects: false,
            },
          },
        ],
      },
    ],
  });
}
