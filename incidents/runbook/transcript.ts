import type { Lever } from '@firedrill/lab/levers';
import type { Answer } from '@firedrill/runbooks';
import type { Outcome } from './walk.ts';

/** What was done and seen, one after the other. */
export type TranscriptEvent = { readonly at: string } & (
  | {
      readonly type: 'asked';
      readonly runbook: string;
      readonly question?: string;
      readonly language: string;
      /** With everything filled in. */
      readonly asked: string;
      readonly answer: Answer;
      /** The answers that the runbook foresees, each with what to do then. */
      readonly expected: readonly { readonly answer: string; readonly advice: string }[];
      /** The one of them that it is. */
      readonly is?: string;
    }
  | { readonly type: 'mitigation'; readonly title: string; readonly on: Readonly<Record<string, string>> }
  | {
      readonly type: 'lever';
      readonly lever: Lever;
      readonly state: 'begun' | 'step' | 'done' | 'refused' | 'failed' | 'declined';
      readonly text: string;
    }
  | { readonly type: 'communicate' | 'escalate'; readonly text: string }
  | {
      readonly type: 'verified';
      readonly recovered: boolean;
      /** What must be so, and is or is not. */
      readonly checks: readonly {
        readonly asked: string;
        readonly expected: string;
        readonly answer: Answer;
        readonly holds: boolean;
      }[];
      readonly tookMs: number;
    }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'ended'; readonly outcome: Outcome; readonly tookMs: number }
);

/** An event that is not yet dated. */
export type Undated = TranscriptEvent extends infer E ? (E extends unknown ? Omit<E, 'at'> : never) : never;

/** A runbook as it was walked. */
export interface Transcript {
  readonly runbook: string;
  readonly level: number;
  readonly outcome: Outcome;
  readonly tookMs: number;
  readonly events: readonly TranscriptEvent[];
}
