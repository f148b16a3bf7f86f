import type { PlannedFault } from '../journal/event.ts';
import type { LoadClient } from '../load/load-client.ts';

type Teller = Pick<LoadClient, 'tellFaults' | 'tellDetection'>;

/** What a run tells the dashboards of itself: metrics of its load client, which Prometheus scrapes as it is. A sealed run tells nothing. */
export class TellDashboards {
  readonly #client: Teller | undefined;
  readonly #in = new Set<PlannedFault>();
  #isDetectionTold = false;

  constructor(client: Teller, sealed: boolean) {
    this.#client = sealed ? undefined : client;
  }

  /** It is in from now on. */
  injected(fault: PlannedFault): void {
    this.#in.add(fault);
    this.#tellFaults();
  }

  /** It is out; without one, all are. */
  healed(fault?: PlannedFault): void {
    if (fault === undefined) this.#in.clear();
    else this.#in.delete(fault);
    this.#tellFaults();
  }

  /**
   * Told once in a run, by the first page after the injection; nothing where none has come yet.
   * @param pages when each reached the pager; all ms since the epoch.
   */
  detected(injectedMs: number | undefined, pages: readonly number[]): void {
    if (injectedMs === undefined || this.#isDetectionTold) return;
    const first = Math.min(...pages.filter((ms) => ms >= injectedMs));
    if (!Number.isFinite(first)) return;
    this.#isDetectionTold = true;
    this.#client?.tellDetection((first - injectedMs) / 1000);
  }

  #tellFaults(): void {
    this.#client?.tellFaults(
      [...this.#in].map(({ label, edges, nodes }) => ({ fault: label, on: [...edges, ...nodes].join(', ') })),
    );
  }
}
