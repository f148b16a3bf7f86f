/** What the shop asked of its database at one time. */
export interface RecordedUnit {
  /** Between BEGIN and COMMIT, or each statement for itself. */
  readonly kind: 'transaction' | 'read';
  readonly statements: readonly RecordedStatement[];
}

export interface RecordedStatement {
  readonly sql: string;
  /** As they were given to node-postgres. */
  readonly parameters: readonly unknown[];
}
