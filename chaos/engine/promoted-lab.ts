import { FiredrillError } from '@firedrill/errors';
import {
  describeOperations,
  type Operations,
  operationsStatus,
  promote,
  stateNow,
  untouched,
} from '@firedrill/lab';
import type { LabState } from '@firedrill/lab/control';
import { choosesPrimary, databaseServers, type Level } from '@firedrill/topology';

/**
 * An experiment names servers by what they are in the topology. After a promotion `pg-1` is no longer the primary, and its
 * faults would hit something else than they say.
 * @throws {FiredrillError} `fault-refused`
 */
export function refusePromotedLab(topology: Level, lab: Pick<LabState, 'primary'> | undefined): void {
  const first = databaseServers(topology)[0]?.name;
  if (lab === undefined || lab.primary === first) return;
  throw new FiredrillError(
    'fault-refused',
    `the lab of level ${topology.number} was promoted: its primary is ${lab.primary}, and experiments mean ${first}`,
    { fix: `run \`pnpm lab down --level ${topology.number}\`; the run starts a new one` },
  );
}

/**
 * What an operator has set on a lab that was kept would be taken for what a fault does. A rotated key is as good as the first.
 * @throws {FiredrillError} `fault-refused`
 */
export function refuseOperatedLab(level: number, operations: Operations): void {
  const now = describeOperations(operationsStatus(operations));
  if (now === describeOperations(operationsStatus(untouched))) return;
  throw new FiredrillError(
    'fault-refused',
    `an operator has set something on the lab of level ${level}: ${now}`,
    {
      fix: `take it back, or run \`pnpm lab down --level ${level}\`; the run starts a new one`,
    },
  );
}

/**
 * Where the servers choose, a failover of before is taken back by a planned change: it costs nobody a write.
 * @returns the lab as it is then.
 */
export async function handBack(
  topology: Level,
  lab: LabState,
  note: (text: string) => void,
): Promise<LabState> {
  const first = databaseServers(topology)[0]?.name;
  if (!choosesPrimary(topology) || first === undefined) return lab;
  const { primary } = await stateNow(lab);
  if (primary === first) return lab;
  note(`${primary} leads since an earlier failover: ${first}, which experiments mean, takes over again`);
  await promote(lab, first);
  return stateNow(lab);
}
