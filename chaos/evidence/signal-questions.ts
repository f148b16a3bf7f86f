import type { EvidenceWindow } from './evidence-window.ts';
import { pathOf, type Question } from './question.ts';

/** Log lines kept per question: enough to read at three in the morning, little enough to keep. */
const logLines = 500;

/** The shop sends its spans every 0.5 s, the collector every 0.2 s; on a busy machine both come late. */
const tracePatienceMs = 10_000;

/** Pure: alerts as Alertmanager and the receiver have them, logs around the fault, a bad and a good request's trace. */
export function signalQuestions(window: EvidenceWindow, traces: SampleTraces): readonly Question[] {
  const { faultFromMs = window.fromMs, faultToMs = window.toMs } = window;
  const nanoseconds = (ms: number) => `${Math.round(ms)}000000`;
  const logs = (piece: string, what: string, query: string, fromMs: number, toMs: number): Question => ({
    piece: `loki-${piece}`,
    what,
    node: 'loki-1',
    path: pathOf('/loki/api/v1/query_range', {
      query,
      start: nanoseconds(fromMs),
      end: nanoseconds(toMs),
      limit: logLines,
      direction: 'forward',
    }),
  });
  const trace = (piece: string, what: string, id: string | undefined): Question[] =>
    id === undefined
      ? []
      : [
          {
            piece,
            what,
            node: 'jaeger-1',
            port: 'query',
            path: `/api/traces/${id}`,
            patienceMs: tracePatienceMs,
          },
        ];
  return [
    {
      piece: 'alertmanager-alerts',
      what: 'alerts that Alertmanager holds',
      node: 'alertmanager-1',
      path: '/api/v2/alerts',
    },
    {
      piece: 'alertmanager-silences',
      what: 'what a person held back, and until when',
      node: 'alertmanager-1',
      path: '/api/v2/silences',
    },
    {
      piece: 'receiver-notifications',
      what: 'every notification that reached the receiver',
      node: 'receiver-1',
      path: '/notifications?since=0',
    },
    { piece: 'receiver-watchdog', what: "the alerting's heartbeat", node: 'receiver-1', path: '/watchdog' },
    logs(
      'errors',
      'warnings and errors from the injection until after the heal',
      '{service_name=~".+"} | severity_number >= 13',
      faultFromMs - 2_000,
      faultToMs + 15_000,
    ),
    logs(
      'shop',
      "the shop's log around the injection",
      '{service_name=~"shop.*"}',
      faultFromMs - 2_000,
      faultFromMs + 10_000,
    ),
    logs(
      'postgres',
      "PostgreSQL's log of the whole run",
      '{service_name="postgres"}',
      window.fromMs,
      window.toMs,
    ),
    ...trace('trace-bad', 'a checkout that failed or was slow', traces.bad),
    ...trace('trace-good', 'a checkout before the fault', traces.good),
  ];
}

/** Trace ids out of the ledger. */
export interface SampleTraces {
  readonly bad: string | undefined;
  readonly good: string | undefined;
}
