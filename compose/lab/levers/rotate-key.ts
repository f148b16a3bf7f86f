import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { levelByNumber } from '@firedrill/topology';
import { request } from 'undici';
import { z } from 'zod';
import { nodeUrl } from '../addresses.ts';
import type { LabState } from '../state.ts';
import type { OnStep } from './deploy.ts';
import { leverUnfinished } from './lever-refused.ts';
import { readOperations, writeOperations } from './operations.ts';
import { tellApis } from './tell-apis.ts';

/** The id of the key that the provider is started with. */
const firstKey = 'first';
/** Longer than any call to the provider lasts: what came with the old key has its answer. */
const unusedMs = 2000;
const patienceMs = 20_000;
const deadlineMs = 8000;

const keysSchema = z.object({
  keys: z.array(z.object({ id: z.string(), lastUsedAt: z.string().nullable() })),
});
type Keys = z.infer<typeof keysSchema>['keys'];

/**
 * Another key takes the place of the shop's at the payment provider. Both are good until every API has the new one and nothing
 * comes with the old one any more. Cut off, the same command goes on with the key that it had begun with.
 */
export async function rotatePaymentKey(state: LabState, onStep: OnStep): Promise<string> {
  const before = readOperations(state);
  const old = before.retiring ?? before.paymentKey?.id ?? firstKey;
  const next =
    before.retiring !== undefined && before.paymentKey !== undefined
      ? before.paymentKey
      : { id: idAfter(old), key: randomBytes(18).toString('hex') };
  await keys(state, 'PUT', next.id, { key: next.key });
  onStep(`${next.id} is good beside ${old}`);
  const after = { ...before, paymentKey: next, retiring: old };
  writeOperations(state, after);
  onStep(`${next.id} is used by ${await tellApis(state, after)}`);
  await awaitUnused(state, old);
  await keys(state, 'DELETE', old);
  const { retiring: _retired, ...done } = after;
  writeOperations(state, done);
  return `the shop pays with ${next.id}, ${old} is good no more`;
}

/** `first` → `key-2` → `key-3`. */
const idAfter = (id: string): string => `key-${Number(/\d+$/.exec(id)?.[0] ?? 1) + 1}`;

async function awaitUnused(state: LabState, id: string): Promise<void> {
  const until = performance.now() + patienceMs;
  const toldAt = Date.now();
  while (performance.now() < until) {
    const found = (await keys(state, 'GET')).find((key) => key.id === id);
    const usedAt = Date.parse(found?.lastUsedAt ?? '');
    const since = Math.max(toldAt, Number.isNaN(usedAt) ? 0 : usedAt);
    if (found === undefined || Date.now() - since > unusedMs) return;
    await pause(100);
  }
  throw leverUnfinished(`${id} is still used: an API has not taken the new key`);
}

async function keys(
  state: LabState,
  method: 'GET' | 'PUT' | 'DELETE',
  id?: string,
  body?: object,
): Promise<Keys> {
  const provider = providerOf(state);
  const path = id === undefined ? '/admin/keys' : `/admin/keys/${id}`;
  try {
    const answer = await request(`${nodeUrl(state, provider)}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${state.secrets.adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(deadlineMs),
      reset: true,
    });
    const text = await answer.body.text();
    // Revoked already, by the same command that was cut off.
    if (method === 'DELETE' && answer.statusCode === 404) return [];
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`);
    return keysSchema.parse(JSON.parse(text)).keys;
  } catch (error) {
    throw leverUnfinished(
      `${provider} did not ${method} ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

const providerOf = ({ level }: Pick<LabState, 'level'>): string =>
  levelByNumber(level).nodes.find(({ kind }) => kind === 'payment-provider')?.name ?? 'payment-1';
