import { describe, expect, it } from 'vitest';
import { wiredLevel } from '../testing/wired-level.ts';
import { haproxyConfig } from './haproxy.ts';

const { file, hosts, level, named, proxy, state } = wiredLevel(2);
const config = file('edge-1', 'haproxy.cfg');
const milliseconds = (name: string): number => {
  const [, number, unit] = new RegExp(`^ +timeout ${name} (\\d+)(ms|s)$`, 'm').exec(config) ?? [];
  return Number(number) * (unit === 's' ? 1000 : 1);
};

describe('the edge', () => {
  it('reaches each API through its own edge and asks whether it is ready', () => {
    for (const api of ['api-1', 'api-2']) expect(config).toContain(`server ${api} ${proxy(`edge-1:${api}`)}`);
    expect(config).toContain('option httpchk GET /readyz');
    expect(config).toContain('on-marked-down shutdown-sessions');
  });

  it('gives up after the API and before the client', () => {
    expect(milliseconds('server')).toBeGreaterThan(2500);
    expect(milliseconds('server')).toBeLessThan(3000);
  });

  it('sends no write a second time, whatever happened to it', () => {
    expect(config).toMatch(/^ +retry-on conn-failure empty-response$/m);
    expect(config).toContain('http-request disable-l7-retry unless { method GET HEAD }');
  });

  it('logs the trace of a request, and neither its customer nor its key', () => {
    expect(config).toContain('http-request capture req.hdr(traceparent)');
    expect(config.match(/ capture \S+/g)).toEqual([' capture req.hdr(traceparent)']);
  });

  it('takes an operator’s commands on a socket of its own, and shows users nothing of the APIs’ own door', () => {
    expect(config).toContain('stats socket /lab/edge-1/admin.sock mode 600 level admin');
    expect(config).toMatch(
      /frontend users\n.*\n +http-request return status 404 if \{ path -m beg \/admin \}/,
    );
  });

  it('begins without an API that an operator has taken out', () => {
    expect(config).not.toContain('disabled');
    const drained = haproxyConfig('edge-1', { hosts, level, state }, ['api-2']);
    expect(drained).toContain(`server api-2 ${proxy('edge-1:api-2')} disabled\n`);
    expect(drained).toMatch(/server api-1 \S+\n/);
  });

  it('is ready by itself, and not only when an API is', () => {
    expect(named('edge-1').probe).toEqual({
      kind: 'http',
      port: state.nodes['edge-1']?.['metrics'],
      path: '/readyz',
    });
  });
});
