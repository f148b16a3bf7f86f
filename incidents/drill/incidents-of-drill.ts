import { oncallFolder } from '@firedrill/lab';
import type { Incident } from '../pager/incident.ts';
import { Pager } from '../pager/pager.ts';
import { actUnlessReached } from './act-unless-reached.ts';
import { begunOf, type DrillEvent, eventsOf } from './event.ts';

/** What the pager has of a drill's lab since the drill began. */
export function incidentsOfDrill(events: readonly DrillEvent[]): readonly Incident[] {
  return withPager((pager) => ofDrill(pager, events));
}

/** The drill is over, and so is what it paged for: nobody has to say so again. What still pages on a lab that stays opens anew. */
export function endIncidents(events: readonly DrillEvent[]): void {
  withPager((pager) => endAll(pager, ofDrill(pager, events)));
}

/** @param incidents as they were seen */
export function endAll(pager: Pager, incidents: readonly Incident[]): void {
  for (const incident of incidents) {
    if (incident.status === 'resolved') continue;
    const over = { kind: 'resolve', text: 'the drill is over' } as const;
    actUnlessReached(pager, incident, over, { by: 'drill', force: true });
  }
}

/** The pages that came, in their order. */
export const pagesOf = (incidents: readonly Incident[]): readonly string[] =>
  incidents.flatMap(({ alerts }) =>
    alerts.filter(({ severity }) => severity === 'page').map(({ alert }) => alert),
  );

function ofDrill(pager: Pager, events: readonly DrillEvent[]): readonly Incident[] {
  const ready = eventsOf(events, 'ready').at(-1);
  if (ready === undefined) return [];
  const since = begunOf(events).at;
  return pager.incidents(ready.lab).filter(({ openedAt }) => openedAt >= since);
}

function withPager<T>(work: (pager: Pager) => T): T {
  const pager = Pager.open(oncallFolder());
  try {
    pager.refresh();
    return work(pager);
  } finally {
    pager.close();
  }
}
