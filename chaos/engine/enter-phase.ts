import type { ConductOptions } from './conduct-options.ts';

export type ConductPhase = 'control' | 'inject' | 'watch' | 'heal' | 'drain' | 'settle';

/** Says, in the journal and to whoever looks on, that the run is in its next phase. */
export function enterPhase(
  { record, progress }: Pick<ConductOptions, 'record' | 'progress'>,
  phase: ConductPhase,
  text: string,
): void {
  record({ type: 'phase', phase });
  progress.phase(phase, text);
}
