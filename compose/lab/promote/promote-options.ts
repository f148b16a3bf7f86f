import type { PromotionStep, SwitchStep } from './step.ts';

export interface PromoteOptions {
  /** Although another standby has more: what only that one has is lost. */
  readonly force?: boolean;
  readonly onStep?: (progress: PromotionProgress) => void;
}

/** What a promotion tells while it works. */
export type PromotionProgress =
  /** How far the new primary is behind: what may be lost. */
  | { readonly type: 'lag'; readonly text: string }
  | { readonly type: 'begins'; readonly step: PromotionStep | SwitchStep }
  | {
      readonly type: 'done';
      readonly step: PromotionStep | SwitchStep;
      readonly detail: string;
      readonly tookMs: number;
    };
