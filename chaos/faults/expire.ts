import { undoOf } from '@firedrill/lab/control';
import { z } from 'zod';
import { judgeByRules } from '../witness/judgement.ts';
import { gauged, healthyAfter, healthyBefore, othersAnswered, stillAnswered } from '../witness/rules.ts';
import type { Fault } from './fault.ts';
import { nodesOf } from './target.ts';

const params = z.strictObject({});

/** The shop's key at the payment provider is past its time: whatever comes with it is answered 401. A new one is good. */
export const expire: Fault<z.infer<typeof params>> = {
  name: 'expire',
  summary: 'the API keys that the payment provider has issued so far expire',
  params,
  gauge: 'expiry',
  compile(_params, topology, target) {
    const nodes = nodesOf('expire', topology, target, 'payment-provider');
    return {
      effects: nodes.map((node) => {
        const action = { kind: 'node-setting', node, setting: 'expiry', value: { expired: 1 } } as const;
        return { action, undo: undoOf(action) };
      }),
      label: `expire: the API keys at ${nodes.join(', ')}`,
      colour: '#5b5ea6',
      expect: { during: 'a key is expired, and refused; still ready', after: 'none is expired' },
    };
  },
  judge: (_expect, readings) =>
    judgeByRules(readings, [
      ...healthyBefore,
      gauged('before', 'no key is expired', (figures) => figures.expired === 0),
      stillAnswered('new'),
      gauged(
        'during',
        'a key is expired, and was refused',
        ({ expired = 0, refused = 0 }) => expired > 0 && refused > 0,
      ),
      ...othersAnswered,
      gauged('after', 'no key is expired', (figures) => figures.expired === 0),
      ...healthyAfter,
    ]),
};
