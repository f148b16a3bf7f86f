import { oncallFolder } from '@firedrill/lab';
import type { Incident } from '../../pager/incident.ts';
import { Pager } from '../../pager/pager.ts';
import { begunOf, type DrillEvent, eventsOf } from '../event.ts';

/** What the pager has of a drill's lab since the drill began. */
export function incidentsOfDrill(events: readonly DrillEvent[]): readonly Incident[] {
  const ready = eventsOf(events, 'ready').at(-1);
  if (ready === undefined) return [];
  const since = begunOf(events).at;
  const pager = Pager.open(oncallFolder());
  try {
    pager.refresh();
    return pager.incidents(ready.lab).filter(({ openedAt }) => openedAt >= since);
  } finally {
    pager.close();
  }
}

/** The pages that came, in their order. */
export const pagesOf = (incidents: readonly Incident[]): readonly string[] =>
  incidents.flatMap(({ alerts }) =>
    alerts.filter(({ severity }) => severity === 'page').map(({ alert }) => alert),
  );
