/** A run of `docs/results/<date>-overhead.json`; all in seconds. */
export interface OverheadRun {
  readonly cell: string;
  readonly seconds: number;
  /** Not the runner's: the lab's start and end, and what the experiment itself asks for. */
  readonly labUp: number;
  readonly labDown: number;
  readonly timeline: number;
  readonly settle: number;
  /** The runner's. */
  readonly parts: {
    /** The command until its plan is written down. */
    readonly start: number;
    /** From a lab that is up to the first request: baseline, and the first scrape of the load client. */
    readonly beforeLoad: number;
    /** From the last request to the retries: what is in flight. */
    readonly drain: number;
    readonly evidence: number;
    /** Checks and report, where they take longer than the lab that goes down beside them. */
    readonly report: number;
    readonly exit: number;
  };
  readonly overhead: number;
}
