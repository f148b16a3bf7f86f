import { request } from 'undici';
import { z } from 'zod';
import { nodeUrl } from '../addresses.ts';
import type { LabState } from '../state.ts';
import { patroniUser } from '../wiring/patroni.ts';

const askMs = 1000;

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  readonly deadlineMs: number;
}

/** Patroni of one node, asked straight, as the operator whom it knows. */
async function call(
  state: LabState,
  node: string,
  { method, path, body, deadlineMs }: Call,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  const credentials = Buffer.from(`${patroniUser}:${state.secrets.patroniPassword}`).toString('base64');
  const { statusCode, body: answer } = await request(`${nodeUrl(state, node, 'rest')}${path}`, {
    method,
    headers: {
      authorization: `Basic ${credentials}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(deadlineMs),
    reset: true,
  });
  return { ok: statusCode === 200, text: (await answer.text()).trim() };
}

/** What Patroni of that node says; `undefined` when it does not answer, or not in time. */
export async function askPatroni<T extends z.ZodType>(
  state: LabState,
  node: string,
  path: string,
  schema: T,
  deadlineMs = askMs,
): Promise<z.infer<T> | undefined> {
  try {
    const { ok, text } = await call(state, node, { method: 'GET', path, deadlineMs });
    return ok ? schema.parse(JSON.parse(text)) : undefined;
  } catch {
    return undefined;
  }
}

/** Has the leader hand over, as `patronictl switchover` does: answered, in a sentence, when it is done or cannot be. */
export function postSwitchover(
  state: LabState,
  leader: string,
  candidate: string,
  deadlineMs: number,
): Promise<{ readonly ok: boolean; readonly text: string }> {
  return call(state, leader, {
    method: 'POST',
    path: '/switchover',
    body: { leader, candidate },
    deadlineMs,
  });
}

const configSchema = z.record(z.string(), z.unknown());

/** What an operator may have changed of what the servers agreed on, and what it is without him: not there. */
const operated = ['pause', 'synchronous_node_count'] as const;

/** @throws when no server takes it. */
export async function changeAgreement(
  state: LabState,
  node: string,
  changes: Partial<Record<(typeof operated)[number], unknown>>,
): Promise<void> {
  const { ok, text } = await call(state, node, {
    method: 'PATCH',
    path: '/config',
    body: changes,
    deadlineMs: 5000,
  });
  if (!ok) throw new Error(`${node} did not change its configuration: ${text}`);
}

/** Takes back what an operator changed, or one who was cut off in the middle; `false` when the node does not answer. */
export async function restoreAgreement(state: LabState, node: string): Promise<boolean> {
  const config = await askPatroni(state, node, '/config', configSchema);
  if (config === undefined) return false;
  const left = operated.filter((name) => name in config);
  if (left.length > 0) {
    await changeAgreement(state, node, Object.fromEntries(left.map((name) => [name, null])));
  }
  return true;
}
