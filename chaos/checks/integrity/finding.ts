/** A broken promise, or (as `unresolved`) a question that the books cannot answer yet. */
export interface Finding {
  /** One sentence with figures. */
  readonly message: string;
  readonly order?: string;
  readonly key?: string;
  readonly sku?: string;
}
