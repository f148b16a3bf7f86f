import { percent, plural } from '@firedrill/chaos/report';
import type { Facts } from '../facts.ts';
import { brokenPromises } from '../promises.ts';

export type Severity = 'SEV1' | 'SEV2' | 'SEV3';

/** Half of the users failed is an outage. */
const outageRatio = 0.5;

/** Pure: how bad it was by what was measured, and why; people may see it otherwise. */
export function severityOf(facts: Facts): { readonly severity: Severity; readonly because: string } {
  const broken = brokenPromises(facts);
  if (broken.length > 0)
    return {
      severity: 'SEV1',
      because: `${plural(broken.length, 'promise')} of orders and money did not hold`,
    };
  const all = facts.felt?.find(({ operation }) => operation === '*');
  if (all === undefined)
    return { severity: 'SEV2', because: 'a page came, and nobody measured what users got' };
  if (all.bad === 0) return { severity: 'SEV3', because: 'a page came, and no request of a user failed' };
  const ratio = all.bad / all.counted;
  return ratio >= outageRatio
    ? { severity: 'SEV1', because: `${percent(ratio)} of the requests failed while it lasted` }
    : { severity: 'SEV2', because: `${percent(ratio)} of the requests failed while it lasted` };
}
