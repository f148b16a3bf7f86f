import {
  alertWindows,
  formatDuration,
  formatLe,
  levelsWithSlos,
  type Slo,
  sloCatalogue,
} from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import type { Plan } from '../journal/event.ts';
import type { EvidenceWindow } from './evidence-window.ts';
import { pathOf, type Question } from './question.ts';

/** Before the load starts, so that a plot shows the quiet it came from. */
const leadMs = 30_000;

/** Whose metrics, and on which windows. */
type Asked = Pick<Plan, 'service' | 'level' | 'clock'>;

/** Pure: what Prometheus is asked about a run, or about any other time of a lab. */
export function prometheusQuestions(plan: Asked, window: EvidenceWindow): readonly Question[] {
  const { service } = plan;
  const range = (piece: string, what: string, query: string): Question => ({
    piece: `prometheus-${piece}`,
    what,
    node: 'prometheus-1',
    path: pathOf('/api/v1/query_range', {
      query,
      start: ((window.fromMs - leadMs) / 1000).toFixed(3),
      end: (window.toMs / 1000).toFixed(3),
      step: '1s',
    }),
  });
  const now = (piece: string, what: string, path: string): Question => ({
    piece: `prometheus-${piece}`,
    what,
    node: 'prometheus-1',
    path,
  });
  const since = `[${Math.ceil((window.toMs - window.fromMs + leadMs) / 1000)}s]`;
  const raw: Range = (piece, what, selector) =>
    now(
      piece,
      `${what}, sample by sample`,
      pathOf('/api/v1/query', { query: `${selector}${since}`, time: (window.toMs / 1000).toFixed(3) }),
    );
  return [
    ...windowLengths(plan).map((length) =>
      range(
        `error-ratio-${length}`,
        `error ratio of each SLO over ${length}`,
        `slo:sli_error:ratio_rate${length}{sloth_service="${service}"}`,
      ),
    ),
    range(
      'burn-rate',
      'current burn rate of each SLO',
      `slo:current_burn_rate:ratio{sloth_service="${service}"}`,
    ),
    range(
      'budget',
      'error budget that is left of the period',
      `slo:period_error_budget_remaining:ratio{sloth_service="${service}"}`,
    ),
    range(
      'requests',
      "the users' requests by operation and outcome",
      `client_requests_total{service="${service}"}`,
    ),
    range(
      'api-requests',
      'requests per second at the API by route and status',
      'sum by (instance, http_route, http_response_status_code) (rate(http_server_request_duration_seconds_count[5s]))',
    ),
    range(
      'api-latency',
      'p99 latency at the API by route, seconds',
      'histogram_quantile(0.99, sum by (http_route, le) (rate(http_server_request_duration_seconds_bucket[15s])))',
    ),
    ...countQuestions(plan, raw),
    ...edgeQuestions(plan, window, range, now),
    // A query with steps looks minutes back: it would fill the gap that a dead Prometheus leaves.
    raw('up', 'which scrapes succeeded', `up{service="${service}"}`),
    range('probes', 'what Blackbox saw', 'probe_success'),
    range('alerts-history', 'pending and firing alerts over time', 'ALERTS'),
    range('synthetic-history', 'where the SLI history is made up', 'firedrill_synthetic_history'),
    now('alerts', 'alerts at the end', '/api/v1/alerts'),
    now('rules', 'rules with their state and last evaluation', '/api/v1/rules'),
    now('targets', 'scrape targets with their health', '/api/v1/targets'),
  ];
}

type Range = (piece: string, what: string, query: string) => Question;

/** The SLIs' own counters, every sample as it was scraped: what is counted exactly needs no rate and no step. */
function countQuestions(plan: Asked, raw: Range): readonly Question[] {
  const thresholds = slosOf(plan.level).flatMap(({ thresholdSeconds: seconds }) => seconds ?? []);
  const bounds = [...new Set(thresholds)].map(formatLe).join('|').replaceAll('.', '\\\\.');
  const { service } = plan;
  return [
    raw(
      'counted',
      'the requests that count for the SLOs',
      `client_requests_total{service="${service}",outcome=~"good|bad"}`,
    ),
    raw(
      'counted-in-time',
      'the good answers within the latency thresholds',
      `client_request_duration_seconds_bucket{service="${service}",outcome="good",le=~"${bounds}"}`,
    ),
  ];
}

/** A level without a spec has none. */
function slosOf(level: number): readonly Slo[] {
  return levelsWithSlos().includes(level) ? sloCatalogue(level) : [];
}

/** What the load balancer saw, where the level has one. */
function edgeQuestions(plan: Asked, window: EvidenceWindow, range: Range, now: Range): readonly Question[] {
  const edges = levelByNumber(plan.level).nodes.filter(({ kind }) => kind === 'haproxy');
  if (edges.length === 0) return [];
  const { service } = plan;
  const probes = `probe_success{service="${service}",instance=~"${edges.map(({ name }) => name).join('|')}"}`;
  const since = `[${Math.max(1, Math.round((window.toMs - window.fromMs) / 1000))}s]`;
  const ready = `sum(sum_over_time(${probes}${since}))`;
  return [
    range(
      'edge-responses',
      'answers of the load balancer by class',
      `sum by (code) (haproxy_frontend_http_responses_total{service="${service}",proxy="users"})`,
    ),
    range(
      'edge-server-responses',
      'answers of each API as the load balancer counted them',
      `sum by (server, code) (haproxy_server_http_responses_total{service="${service}",proxy="shop"})`,
    ),
    range(
      'edge-error-ratio',
      'error ratio at the load balancer over 5 s',
      `edge:sli_error:ratio_rate5s{service="${service}"}`,
    ),
    now(
      'edge-probes',
      "readiness probes among the load balancer's requests, by their answer",
      pathOf('/api/v1/query', {
        query: `label_replace(${ready}, "answer", "ready", "", "") or label_replace(sum(count_over_time(${probes}${since})) - ${ready}, "answer", "not ready", "", "")`,
        time: (window.toMs / 1000).toFixed(3),
      }),
    ),
  ];
}

/** The lengths of all windows of the run's clock, as Sloth writes them, each once. */
function windowLengths(plan: Asked): readonly string[] {
  const seconds = alertWindows(plan.clock).pairs.flatMap((pair) => [pair.shortSeconds, pair.longSeconds]);
  return [...new Set(seconds)].sort((a, b) => a - b).map(formatDuration);
}
