import type { Lever } from '@firedrill/lab/levers';
import type { Answer } from '@firedrill/runbooks';
import type { AddressOf } from './fill-in.ts';

export type LeverResult =
  | { readonly how: 'done'; readonly text: string }
  /** It makes no sense there, and changed nothing; or it did not come to its end. */
  | { readonly how: 'refused' | 'failed'; readonly text: string };

/** Eyes and hands of whoever walks a runbook: all that they know of the lab. */
export interface Hands {
  readonly level: number;
  readonly addressOf: AddressOf;
  /** An instant query. Never throws: what cannot be asked has no answer. */
  query(language: 'promql' | 'logql', query: string): Promise<Answer>;
  /** A command that only looks. */
  look(script: string, words: readonly string[]): Promise<Answer>;
  get(url: string): Promise<Answer>;
  pull(lever: Lever, onStep: (text: string) => void): Promise<LeverResult>;
}
