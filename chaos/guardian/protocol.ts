import type { Action, ProcessIdentity, Undo } from '@firedrill/lab/control';
import type { Healed } from './heal.ts';

/** All that a guardian must know, as one JSON argument. */
export interface GuardianConfig {
  readonly home: string;
  readonly run: string;
  /** Did this run start the lab? Then nobody else will stop it. */
  readonly ownsLab: boolean;
  /** A drill's: nobody is told what it does until its end. */
  readonly sealed: boolean;
  readonly runner: ProcessIdentity;
  /** The runner's word is good for so long. */
  readonly leaseMs: number;
  /** JSON lines of what it did and when, kept beside the run: its own voice when the runner is gone. */
  readonly logPath: string;
}

/** One JSON object a line, each answered by a line with the same id. */
export type Request = { readonly id: number } & (
  | { readonly cmd: 'hello' }
  | { readonly cmd: 'renew'; readonly epoch: number }
  | { readonly cmd: 'apply'; readonly epoch: number; readonly fault: string; readonly action: Action }
  | { readonly cmd: 'heal'; readonly epoch: number; readonly fault?: string }
  /** The kill switch: from any connection, without an epoch. */
  | { readonly cmd: 'halt'; readonly reason: string }
  /** Heals, stops the lab if told so, answers and ends. */
  | { readonly cmd: 'finish'; readonly epoch: number; readonly stopLab: boolean }
);

export type Answer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly epoch?: number;
      readonly tookMs?: number;
      readonly healed?: readonly Healed[];
    }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string };

/** Said without being asked: no more effects will be let through. */
export interface Halted {
  readonly event: 'halted';
  readonly reason: string;
  readonly healed: readonly { readonly fault: string; readonly undo: Undo; readonly tookMs: number }[];
}
