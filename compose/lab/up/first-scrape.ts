import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { nodeUrl } from '../addresses.ts';
import { processesOfNode } from '../control/lab-processes.ts';
import type { LabState } from '../state.ts';
import { unhealthy } from './unhealthy.ts';

const answersWithinMs = 1000;

const targetsSchema = z.object({
  data: z.object({ activeTargets: z.array(z.object({ health: z.enum(['unknown', 'up', 'down']) })) }),
});

/**
 * Waits until a Prometheus has asked each of its targets once. It calls itself ready some five seconds sooner, but its discovery holds
 * the first targets back for so long (https://github.com/prometheus/prometheus/blob/v3.5.1/discovery/manager.go, `updatert`), and a
 * lab whose users nobody counts is not up.
 * @throws {FiredrillError} `node-unhealthy` when it ends, or has not after `deadlineMs`.
 */
export async function firstScrape(state: LabState, name: string, deadlineMs: number): Promise<void> {
  const until = performance.now() + deadlineMs;
  while (!(await hasScraped(nodeUrl(state, name)))) {
    if (processesOfNode(state, name).length === 0)
      throw unhealthy(state, name, 'ended before its first scrape');
    if (performance.now() > until) {
      throw unhealthy(state, name, `had not asked its targets within ${deadlineMs / 1000} s`);
    }
    await pause(50);
  }
}

async function hasScraped(url: string): Promise<boolean> {
  try {
    const { body } = await request(`${url}/api/v1/targets?state=active`, {
      signal: AbortSignal.timeout(answersWithinMs),
    });
    const { activeTargets } = targetsSchema.parse(await body.json()).data;
    return activeTargets.length > 0 && activeTargets.every(({ health }) => health !== 'unknown');
  } catch {
    return false;
  }
}
