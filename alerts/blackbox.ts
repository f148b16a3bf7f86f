import { stringify } from 'yaml';

/** The module that a readiness probe uses: `/probe?module=http_2xx&target=http://127.0.0.1:<port>/readyz`. */
export const readinessModule = 'http_2xx';

/** Blackbox exporter's modules. The time-out lies under the probe's scrape interval, or the probe itself would vanish. */
export function blackboxConfig(): string {
  return stringify({
    modules: {
      [readinessModule]: {
        prober: 'http',
        timeout: '2s',
        http: {
          method: 'GET',
          preferred_ip_protocol: 'ip4',
          ip_protocol_fallback: false,
          follow_redirects: false,
          valid_http_versions: ['HTTP/1.1', 'HTTP/2.0'],
        },
      },
    },
  });
}
