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
