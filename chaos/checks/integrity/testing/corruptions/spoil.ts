import type { Operation } from '../../../../ledger/operations.ts';
import type { ModelRun } from '../model-shop.ts';

export type Audit = ModelRun['audit'];

export function stockOf(audit: Audit, change: (row: Audit['stock'][number]) => Audit['stock'][number]): void {
  audit.stock = audit.stock.map((row) => (row.sku === 'SKU-1' ? change(row) : row));
}

export function checkoutOf(run: ModelRun, id: string): Operation {
  return run.operations.findLast(
    ({ invoke, result }) =>
      invoke.operation === 'checkout' &&
      (result?.response as { orderId?: string } | undefined)?.orderId === id,
  )!;
}
