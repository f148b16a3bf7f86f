import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { thisCheckout } from '../control/lab-home.ts';
import { describeOperations, operationsStatus } from '../status/operations-status.ts';
import { type Operations, untouched } from './operations.ts';
import { releases } from './releases.ts';
import { settingsText } from './settings-file.ts';

const operated: Operations = {
  readOnly: true,
  paymentFallback: true,
  shedShare: 0.3,
  releases: ['2026.47', '2026.51'],
  drained: ['api-1'],
  paymentKey: { id: 'key-2', key: 'the-key' },
};

describe('an API’s settings', () => {
  it('a fresh lab has the first release and nothing switched on', () => {
    expect(parseEnv(settingsText(untouched))).toEqual({
      SHOP_RELEASE: '2026.47',
      SHOP_ENTRY: 'src/main.ts',
      SHOP_READ_ONLY: 'false',
      SHOP_CAPTURE_LATER: 'false',
      SHOP_SHED_SHARE: '0',
    });
  });

  it('say what operators have set, and what the running release adds', () => {
    expect(parseEnv(settingsText(operated))).toMatchObject({
      SHOP_RELEASE: '2026.51',
      SHOP_SWEEP_EVERY_MS: '750',
      SHOP_READ_ONLY: 'true',
      SHOP_CAPTURE_LATER: 'true',
      SHOP_SHED_SHARE: '0.3',
      SHOP_PAYMENT_TOKEN: 'the-key',
    });
  });
});

it.each(releases)('release $name has an entry that is there, and a name of its own', ({ name, entry }) => {
  expect(existsSync(join(thisCheckout, 'target-app', entry))).toBe(true);
  expect(releases.filter((other) => other.name === name)).toHaveLength(1);
});

describe('the status', () => {
  it('is one quiet line on a fresh lab', () => {
    expect(describeOperations(operationsStatus(untouched))).toBe('release 2026.47');
  });

  it('shouts what is switched on, and never tells a key', () => {
    const status = operationsStatus(operated);
    expect(describeOperations(status)).toBe(
      'release 2026.51 (before it 2026.47), READ-ONLY, PAYMENT FALLBACK, SHEDDING 30 %, OUT OF THE EDGE: api-1',
    );
    expect(JSON.stringify(status)).not.toContain('the-key');
  });
});
