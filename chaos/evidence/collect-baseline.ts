import type { LabState } from '@firedrill/lab';
import type { AuditSource, Target } from '../target.ts';
import { auditPiece, auditSourceOf } from './audit-piece.ts';
import { keepPiece } from './keep-piece.ts';

export interface BaselineRequest {
  readonly lab: LabState;
  readonly runDir: string;
  readonly target: Target;
  readonly source?: AuditSource;
}

/**
 * Reads the books before the load starts, so that a run on a kept lab answers for its own orders only. A failure is kept as
 * the piece's problem; the run's own audit will then say the same.
 */
export async function collectBaseline({ lab, runDir, target, source }: BaselineRequest): Promise<void> {
  const what = 'the books before the run';
  await keepPiece(
    runDir,
    lab,
    await auditPiece('audit-before', what, target, source ?? (await auditSourceOf(lab))),
  );
}
