import { FiredrillError } from '@firedrill/errors';

/** `promotion-refused`: another standby has what the chosen one misses, and that would be lost. */
export class BetterStandby extends FiredrillError {
  /** The standby that has most. */
  readonly better: string;

  constructor(target: string, better: string, lead: string) {
    super('promotion-refused', `${target} is not the best standby: ${lead}, which would be lost`, {
      fix: `run \`pnpm lab promote ${better}\`, or add --force to lose it`,
    });
    this.better = better;
  }
}
