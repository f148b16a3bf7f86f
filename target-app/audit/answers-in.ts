import type { AuditAnswer } from './snapshot.ts';

interface AnsweredKey {
  readonly customer: string;
  readonly key: string;
  readonly answer_status: number | null;
  readonly answer_body: unknown;
  readonly order_id: string | null;
}

/** Pure: the final answers among rows of the shop's tables, wherever they were found. */
export function answersIn(
  rows: readonly { readonly table: string; readonly row: Readonly<Record<string, unknown>> }[],
): readonly AuditAnswer[] {
  return rows.flatMap(({ table, row }) => {
    if (table !== 'idempotency_key') return [];
    const {
      customer,
      key,
      answer_status: status,
      answer_body: body,
      order_id: orderId,
    } = row as unknown as AnsweredKey;
    return status === null ? [] : [{ customer, key, status, body, orderId }];
  });
}
