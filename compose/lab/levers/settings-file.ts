import { type Operations, runningRelease } from './operations.ts';
import { releaseNamed } from './releases.ts';

/** In an API's folder: the settings that go before its environment, read at its start and when it is told to. */
export const settingsFile = 'settings.env';

/** Pure: what operators have set, in the shop's own words. */
export function settingsText(operations: Operations): string {
  const { name, entry, settings } = releaseNamed(runningRelease(operations));
  const { readOnly, paymentFallback, shedShare, paymentKey } = operations;
  const lines = {
    SHOP_RELEASE: name,
    SHOP_ENTRY: entry,
    ...settings,
    SHOP_READ_ONLY: String(readOnly),
    SHOP_CAPTURE_LATER: String(paymentFallback),
    SHOP_SHED_SHARE: String(shedShare),
    ...(paymentKey === undefined ? {} : { SHOP_PAYMENT_TOKEN: paymentKey.key }),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
