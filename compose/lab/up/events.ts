/** An image that is not there yet, or is older than its sources. */
export interface ImageEvent {
  readonly type: 'image';
  readonly image: string;
  readonly how: 'pull' | 'build';
}

/** What `labUp` tells while it works. */
export type LabEvent =
  /** A killed or unfitting lab was found and taken down. */
  | { readonly type: 'cleaned'; readonly labId: string; readonly why: string }
  | ImageEvent
  | {
      readonly type: 'step';
      readonly step: 'provision' | 'reserve' | 'prepare' | 'start' | 'check-edges' | 'first-scrape';
    }
  /** The processes whose readiness is waited for. */
  | { readonly type: 'waiting'; readonly nodes: readonly string[] }
  | { readonly type: 'ready'; readonly node: string; readonly afterMs: number };
