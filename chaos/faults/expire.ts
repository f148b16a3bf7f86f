import { z } from 'zod';
import { gauged, judgeFault, stillAnswered } from '../witness/rules.ts';
import { colours } from './colours.ts';
import { effectsOf } from './effects.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({});

/** The shop's key at the payment provider is past its time: whatever comes with it is answered 401. A new one is good. */
export const expire: Fault<z.infer<typeof params>> = {
  name: 'expire',
  summary: 'the API keys that the payment provider has issued so far expire',
  colour: colours.expire,
  params,
  gauge: 'expiry',
  compile(_params, topology, target) {
    const nodes = nodesOf('expire', topology, target, 'payment-provider');
    return {
      effects: effectsOf(
        nodes.map((node) => ({ kind: 'node-setting', node, setting: 'expiry', value: { expired: 1 } })),
      ),
      label: `expire: the API keys at ${nodes.join(', ')}`,
      expect: { during: 'a key is expired, and refused; still ready', after: 'none is expired' },
    };
  },
  judge: (expect, readings) =>
    judgeFault(expect, readings, [
      gauged('before', 'no key is expired', (figures) => figures.expired === 0),
      stillAnswered('new'),
      gauged(
        'during',
        'a key is expired, and was refused',
        ({ expired = 0, refused = 0 }) => expired > 0 && refused > 0,
      ),
      gauged('after', 'no key is expired', (figures) => figures.expired === 0),
    ]),
};
