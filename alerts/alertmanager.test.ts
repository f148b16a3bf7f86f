import { sloCatalogue } from '@firedrill/slo';
import { levels } from '@firedrill/topology';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alertmanagerConfig, groupWaitMs } from './alertmanager.ts';

const config = parse(alertmanagerConfig({ receiver: '127.0.0.1:12345', token: 'secret-token' }));

describe('the Alertmanager configuration', () => {
  it('sends to the receiver with its bearer token, and resolves too', () => {
    expect(config.receivers[0].webhook_configs).toEqual([
      {
        url: 'http://127.0.0.1:12345/alerts',
        send_resolved: true,
        http_config: {
          authorization: { type: 'Bearer', credentials: 'secret-token' },
          follow_redirects: false,
        },
      },
    ]);
  });

  it('holds no page back for longer than 500 ms', () => {
    expect(groupWaitMs).toBeLessThanOrEqual(500);
    expect(config.route.group_wait).toBe(`${groupWaitMs}ms`);
  });

  it('never puts alerts of two levels into one group', () => {
    const [watchdog, slos] = config.route.routes;
    expect(config.route.group_by).toContain('service');
    // Sloth's id begins with the level's service; each lab has a Watchdog of its own.
    expect(slos).toMatchObject({ matchers: ['sloth_id!=""'], group_by: ['sloth_id', 'sloth_severity'] });
    expect(watchdog.matchers).toEqual(['severity="watchdog"']);
    for (const { number, service } of levels)
      for (const { id } of sloCatalogue(number)) expect(id.startsWith(`${service}-`)).toBe(true);
  });

  it('inhibits only the ticket of the same SLO', () => {
    for (const matchers of [
      config.inhibit_rules[0].source_matchers,
      config.inhibit_rules[0].target_matchers,
    ]) {
      expect(matchers).toContain('sloth_id!=""');
    }
    expect(config.inhibit_rules[0].equal).toEqual(['sloth_id']);
  });
});
