import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { nodeUrl } from '../addresses.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import type { LabState } from '../state.ts';
import { unhealthy } from './unhealthy.ts';

const answersWithinMs = 1000;

const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ labels: z.object({ instance: z.string() }), health: z.enum(['unknown', 'up', 'down']) }),
    ),
  }),
});

/**
 * Waits until a Prometheus has asked for the figures of the users once, whether there are any yet or not. It calls itself ready some five
 * seconds sooner, but its discovery holds the first targets back for so long
 * (https://github.com/prometheus/prometheus/blob/v3.5.1/discovery/manager.go, `updatert`), and a lab whose users nobody counts is not up.
 * @param users the nodes that are load clients.
 * @throws {FiredrillError} `node-unhealthy` when it ends, or has not after `deadlineMs`.
 */
export async function firstScrape(
  state: LabState,
  name: string,
  users: readonly string[],
  deadlineMs: number,
): Promise<void> {
  const until = performance.now() + deadlineMs;
  while (!(await hasAsked(nodeUrl(state, name), users))) {
    if (processesOfNode(state, name).length === 0)
      throw unhealthy(state, name, 'ended before its first scrape');
    if (performance.now() > until) {
      throw unhealthy(state, name, `had not asked for the users' figures within ${deadlineMs / 1000} s`);
    }
    await pause(50);
  }
}

async function hasAsked(url: string, users: readonly string[]): Promise<boolean> {
  try {
    const { body } = await request(`${url}/api/v1/targets?state=active`, {
      signal: AbortSignal.timeout(answersWithinMs),
    });
    const { activeTargets } = targetsSchema.parse(await body.json()).data;
    const asked = activeTargets.filter(({ health }) => health !== 'unknown');
    return users.every((user) => asked.some(({ labels }) => labels.instance === user));
  } catch {
    return false;
  }
}
