import { join } from 'node:path';
import type { LabState } from '../state.ts';

/** The shop is data to the lab: entry paths below the checkout, started by Node. */
export function shopSources({ checkout }: Pick<LabState, 'checkout'>) {
  const source = (path: string) => join(checkout, 'target-app', 'src', path);
  return {
    preload: source('telemetry/preload.ts'),
    api: source('start-main.ts'),
    paymentProvider: source('payment-provider/main.ts'),
    migrate: source('data/migrate-main.ts'),
  };
}
