/** In the order in which a checkout takes its locks on them, so that nobody waits in a circle. All are cut alike. */
export const partitionedTables = [
  'customer_order',
  'order_line',
  'payment',
  'order_transition',
  'outbox',
] as const;

export type PartitionedTable = (typeof partitionedTables)[number];
