import { levelByNumber } from '@firedrill/topology';
import { request } from 'undici';
import { z } from 'zod';
import { nodeUrl } from '../addresses.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import type { LabState } from '../state.ts';

/** An API that is busy, on a machine that stalls for some seconds. */
const deadlineMs = 8000;

/** What an API says of itself to its operator. */
const readingSchema = z.object({ release: z.string() });
const reloadedSchema = readingSchema.extend({ waiting: z.array(z.string()) });
const problemSchema = z.object({ detail: z.string().optional() });

/** The shop's API processes, in the topology's order. */
export const apisOf = ({ level, probes }: Pick<LabState, 'level' | 'probes'>): readonly string[] =>
  levelByNumber(level)
    .nodes.filter(({ kind, name }) => kind === 'shop-api' && name in probes)
    .map(({ name }) => name);

export const runs = (state: LabState, node: string): boolean => processesOfNode(state, node).length > 0;

async function ask(state: LabState, node: string, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const { statusCode, body } = await request(`${nodeUrl(state, node)}/admin/${path}`, {
    method,
    headers: { authorization: `Bearer ${state.secrets.adminToken}` },
    signal: AbortSignal.timeout(deadlineMs),
    reset: true,
  });
  const text = await body.text();
  if (statusCode === 200) return JSON.parse(text);
  const detail = problemSchema.safeParse(JSON.parse(text)).data?.detail;
  throw new Error(`${node} answered ${statusCode} ${detail ?? text}`);
}

/** The release that an API runs; `undefined` when it does not answer. */
export async function releaseOn(state: LabState, node: string): Promise<string | undefined> {
  try {
    return readingSchema.parse(await ask(state, node, 'GET', 'settings')).release;
  } catch {
    return undefined;
  }
}

/** Lets an API read its settings file again. @returns what waits for its next start. @throws when it does not. */
export async function reload(state: LabState, node: string): Promise<readonly string[]> {
  return reloadedSchema.parse(await ask(state, node, 'POST', 'reload')).waiting;
}
