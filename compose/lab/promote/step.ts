/** One thing that a promotion by hand does. Each can be done again after it was done, or half done. */
export type PromotionStep =
  /**
   * The server takes nothing durable any more and starts as a standby of `upstream` from now on. One that answers is
   * shut down, so that its standbys get the last of its WAL; any other is killed.
   */
  | {
      readonly kind: 'fence';
      readonly node: string;
      readonly upstream: string;
      readonly manner: 'shut down' | 'kill';
    }
  /** Replays all that it received: what is told as lost must not depend on how fast it replays. */
  | { readonly kind: 'catch-up'; readonly node: string }
  /** From here on it keeps WAL for those that will follow it. */
  | { readonly kind: 'keep-wal'; readonly node: string; readonly followers: readonly string[] }
  /** A new timeline begins, and the first write is taken. */
  | { readonly kind: 'promote'; readonly node: string }
  /** The pool's `shop` is the new primary; connections to the old one are dropped. */
  | { readonly kind: 'point-pool'; readonly pool: string; readonly node: string }
  | { readonly kind: 'follow'; readonly node: string; readonly upstream: string }
  /** lab.json knows the new primary and the promotion. */
  | { readonly kind: 'record'; readonly from: string; readonly to: string }
  /** A server that lived until it was fenced is started again; it joins by itself as soon as its edges let it. */
  | { readonly kind: 'start-again'; readonly node: string };

/** Where the servers choose their leader the work is Patroni's. */
export type SwitchStep =
  /** No commit is acknowledged any more that the standby does not have. */
  | { readonly kind: 'confirm'; readonly node: string }
  /** The one hands over and the other takes over. */
  | { readonly kind: 'switch-over'; readonly from: string; readonly to: string };

/** Pure: a step as one line for people. */
export function describeStep(step: PromotionStep | SwitchStep): string {
  switch (step.kind) {
    case 'fence':
      return `fence ${step.node} (${step.manner})`;
    case 'catch-up':
      return `${step.node} replays what it has`;
    case 'keep-wal':
      return `${step.node} keeps WAL for ${step.followers.join(', ')}`;
    case 'promote':
      return `promote ${step.node}`;
    case 'point-pool':
      return `${step.pool} → ${step.node}`;
    case 'follow':
      return `${step.node} follows ${step.upstream}`;
    case 'record':
      return `${step.to} is the primary`;
    case 'start-again':
      return `start ${step.node} as a standby`;
    case 'confirm':
      return `${step.node} confirms commits`;
    case 'switch-over':
      return `switch from ${step.from} to ${step.to}`;
  }
}
