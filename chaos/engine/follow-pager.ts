import type { ConductOptions } from './conduct-options.ts';
import type { Acknowledgement } from './lab-pager.ts';

const everyMs = 1000;

/**
 * Writes down who takes an incident of the run's lab, as it happens. A pager that cannot be read is a problem, and no reason to
 * end a run. @returns what ends it, after a last look.
 */
export async function followPager({
  lab,
  openPager,
  record,
}: Pick<ConductOptions, 'lab' | 'openPager' | 'record'>): Promise<() => void> {
  let told = false;
  const tell = (error: unknown): undefined => {
    const reason = error instanceof Error ? error.message : String(error);
    if (!told) record({ type: 'problem', code: 'pager', message: `the pager could not be read: ${reason}` });
    told = true;
  };
  const pager = await openPager(lab).catch(tell);
  if (pager === undefined) return () => undefined;
  const known = new Set<string>();
  const look = (found: (one: Acknowledgement) => void): void => {
    try {
      for (const one of pager.acknowledgements()) {
        const key = `${one.incident} ${one.at}`;
        if (!known.has(key)) found(one);
        known.add(key);
      }
    } catch (error) {
      tell(error);
    }
  };
  const write = (): void =>
    look(({ incident, by, at, alerts }) =>
      record({ type: 'acknowledged', incident, by, acknowledgedAt: at, alerts: [...alerts] }),
    );
  // What was taken before is an earlier run's.
  look(() => undefined);
  const timer = setInterval(write, everyMs);
  return () => {
    clearInterval(timer);
    write();
    pager.close();
  };
}
