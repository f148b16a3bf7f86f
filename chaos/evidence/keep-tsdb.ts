import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabState, nodeUrl } from '@firedrill/lab';
import { z } from 'zod';
import { reason } from './ask.ts';
import type { Piece } from './piece.ts';

const node = 'prometheus-1';
/** A snapshot writes all that is in memory to disk. */
const deadlineMs = 30_000;
const snapshotSchema = z.object({ data: z.object({ name: z.string().regex(/^[\w-]+$/) }) });

/** Where a run has every sample that the lab's Prometheus had. */
export const tsdbFolder = (runDir: string): string => join(runDir, 'evidence', 'prometheus-tsdb');

/**
 * Takes Prometheus' own snapshot of its store into the run's evidence: from it every answer, and what the rules made of the counters,
 * can be worked out again (`pnpm report <run> --recompute`).
 */
export async function keepTsdb(lab: LabState, runDir: string): Promise<Piece> {
  const request = '/api/v1/admin/tsdb/snapshot';
  const about = {
    piece: 'prometheus-tsdb',
    what: 'every sample that Prometheus had, as a folder of its own blocks',
    source: node,
    request,
    at: new Date().toISOString(),
  };
  try {
    const signal = AbortSignal.timeout(deadlineMs);
    const response = await fetch(nodeUrl(lab, node) + request, { method: 'POST', signal });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const answer = snapshotSchema.parse(await response.json());
    const made = join(lab.home, node, 'data', 'snapshots', answer.data.name);
    await rm(tsdbFolder(runDir), { recursive: true, force: true });
    await cp(made, tsdbFolder(runDir), { recursive: true });
    await rm(made, { recursive: true, force: true });
    return { ...about, status: response.status, answer };
  } catch (error) {
    return { ...about, answer: null, problem: reason(error) };
  }
}
