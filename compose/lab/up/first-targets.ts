import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { processesOfNode } from '../control/lab-processes.ts';
import type { LabState } from '../state.ts';
import { listenPort } from '../wiring/ports.ts';
import { unhealthy } from './unhealthy.ts';

const answersWithinMs = 1000;

const targetsSchema = z.object({ data: z.object({ activeTargets: z.array(z.unknown()) }) });

/**
 * Waits until a Prometheus knows its targets: it asks each within a second from then. It calls itself ready some five seconds sooner,
 * but its discovery holds the first targets back for so long
 * (https://github.com/prometheus/prometheus/blob/v3.5.1/discovery/manager.go, `updatert`), and a lab whose users nobody counts is not up.
 * @throws {FiredrillError} `node-unhealthy` when it ends, or knows none after `deadlineMs`.
 */
export async function firstTargets(state: LabState, name: string, deadlineMs: number): Promise<void> {
  const until = performance.now() + deadlineMs;
  while (!(await hasTargets(listenPort(state, name, 'http')))) {
    if (processesOfNode(state, name).length === 0) throw unhealthy(state, name, 'ended soon after its start');
    if (performance.now() > until) {
      throw unhealthy(state, name, `knew nothing to ask within ${deadlineMs / 1000} s`);
    }
    await pause(50);
  }
}

async function hasTargets(port: number): Promise<boolean> {
  try {
    const { body } = await request(`http://127.0.0.1:${port}/api/v1/targets?state=active`, {
      signal: AbortSignal.timeout(answersWithinMs),
    });
    return targetsSchema.parse(await body.json()).data.activeTargets.length > 0;
  } catch {
    return false;
  }
}
