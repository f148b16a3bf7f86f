import type { Operation } from '../ledger/operations.ts';

/** Pure: its user was not served: a bad answer, or none. */
export const isBad = ({ result }: Pick<Operation, 'result'>): boolean =>
  result === undefined || result.sli === 'bad';
