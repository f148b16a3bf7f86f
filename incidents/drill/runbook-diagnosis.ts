import type { Transcript, TranscriptEvent } from '../runbook/transcript.ts';
import type { Cause } from './cause.ts';

export interface Diagnosis {
  readonly component: string;
  readonly cause: Cause;
}

type Mitigation = Extract<TranscriptEvent, { type: 'mitigation' }>;
type Reader = (on: Mitigation['on'], runbook: string) => Diagnosis | undefined;

const restarted: Reader = ({ NODE }) => (NODE === undefined ? undefined : { component: NODE, cause: 'down' });
const always =
  (component: string, cause: Cause): Reader =>
  () => ({ component, cause });

/** What a runbook takes for the cause, by the heading of what it does about it. */
const readers: readonly (readonly [title: string, reader: Reader])[] = [
  ['Roll the release back', always('api-1', 'bad-release')],
  ['Restart Prometheus', always('prometheus-1', 'down')],
  ['Restart Alertmanager', always('alertmanager-1', 'down')],
  ['Restart', restarted],
  ['Start', restarted],
  ['Bring', restarted],
  ['Rotate the key', always('payment-1', 'expired-credential')],
  [
    'Take the money later',
    (_on, runbook) => ({ component: 'payment-1', cause: runbook.endsWith('Latency') ? 'slow' : 'failing' }),
  ],
  [
    'Take the slow API out',
    ({ NODE }) => (NODE === undefined ? undefined : { component: NODE, cause: 'slow' }),
  ],
  [
    'Find who has its processor',
    ({ NODE }) => (NODE === undefined ? undefined : { component: NODE, cause: 'cpu-starved' }),
  ],
  ['Hand the pool over', always('pgbouncer-1', 'pool-exhausted')],
  ['Promote a standby', always('pg-1', 'unreachable')],
  ['Let it settle', always('pg-1', 'down')],
  ['Degrade: no lever reaches the database', always('pg-1', 'unreachable')],
  ['Shed load', always('api-1', 'cpu-starved')],
  ['Tell and hand over', always('pg-1', 'slow')],
];

/** Pure: what a walk took for the matter, in its order, each once. */
export function diagnosesOf({
  runbook,
  events,
}: Pick<Transcript, 'runbook' | 'events'>): readonly Diagnosis[] {
  const found = events.flatMap((event) => {
    if (event.type !== 'mitigation') return [];
    const reader = readers.find(([title]) => event.title.startsWith(title))?.[1];
    return reader?.(event.on, runbook) ?? [];
  });
  return found.filter(
    ({ component, cause }, index) =>
      found.findIndex((one) => one.component === component && one.cause === cause) === index,
  );
}
