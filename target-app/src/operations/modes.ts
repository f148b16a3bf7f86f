/** What an operator has switched on; each request looks at it anew. */
export interface Modes {
  /** Nothing that customers write is taken; they read on. */
  readonly readOnly: boolean;
  /** A checkout is accepted without its money, which is taken later. */
  readonly captureLater: boolean;
  /** The share of all requests that is turned away, 0 to 1, those first that are cheap to lose. */
  readonly shedShare: number;
}

/** Pure: a shop's modes as its settings have them. */
export function modesOf(config: {
  readonly SHOP_READ_ONLY: boolean;
  readonly SHOP_CAPTURE_LATER: boolean;
  readonly SHOP_SHED_SHARE: number;
}): Modes {
  return {
    readOnly: config.SHOP_READ_ONLY,
    captureLater: config.SHOP_CAPTURE_LATER,
    shedShare: config.SHOP_SHED_SHARE,
  };
}
