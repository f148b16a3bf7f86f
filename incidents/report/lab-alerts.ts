import type { Slo } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import { alertName, type Incident } from '../pager/incident.ts';
import { windowOf } from './ask-lab.ts';
import { crossingsOf, type Judged, saidByEvents } from './by-events.ts';
import type { AlertFacts, Span, Unfired } from './facts.ts';
import type { Events, LabAsked } from './lab-asked.ts';
import { spanOf, stretchAround } from './stretch.ts';
import { utc } from './utc.ts';

const sloOf = (events: Events, alert: string): Slo | undefined =>
  [...events.keys()].find((slo) => slo.alert === alert);

/** Of the SLOs that paged; where none did, nothing shows that users were hurt by this. */
export function usersOf({ alerts, openedAt }: Incident, events: Events): Span | undefined {
  const paged = [...events].filter(([slo]) => alerts.some(({ alert }) => alert === slo.alert));
  return spanOf(paged.flatMap(([, some]) => stretchAround(some, Date.parse(openedAt)) ?? []));
}

const judgedBy = ({ incident, clock }: LabAsked, slo: Slo, events: Events): Judged => ({
  slo,
  events: events.get(slo) ?? [],
  clock,
  level: levelByNumber(incident.level),
});

export function alertsOf(asked: LabAsked, events: Events): readonly AlertFacts[] {
  return asked.incident.alerts.map((one) => {
    const slo = sloOf(events, one.alert);
    const deliveredMs = Date.parse(one.firedAt);
    const none = { firstBadMs: undefined, crossingMs: undefined, predictedMs: undefined };
    return {
      name: alertName(one),
      alert: one.alert,
      severity: one.severity,
      ...(slo === undefined ? none : saidByEvents(judgedBy(asked, slo, events), one.severity, deliveredMs)),
      firingMs: Date.parse(one.startsAt),
      deliveredMs,
      resolvedMs: one.resolvedAt === undefined ? undefined : Date.parse(one.resolvedAt),
    };
  });
}

/** Pages whose events crossed the threshold while the incident lasted, and that nobody got in any incident. */
export function unfiredOf(asked: LabAsked, events: Events): readonly Unfired[] {
  const { incident, others, nowMs } = asked;
  const { faultFromMs = 0, faultToMs = nowMs } = windowOf(incident, nowMs);
  const told = [incident, ...others]
    .flatMap(({ alerts }) => alerts)
    .filter(({ severity }) => severity === 'page');
  return [...events.keys()].flatMap((slo) => {
    if (told.some(({ alert }) => alert === slo.alert)) return [];
    const crossing = crossingsOf(judgedBy(asked, slo, events), 'page').find(
      ({ fromMs, toMs }) => toMs >= faultFromMs && fromMs <= faultToMs,
    );
    if (crossing === undefined) return [];
    const because = `the users’ own requests crossed its threshold at ${utc(crossing.fromMs)}`;
    return [{ name: `page ${slo.alert}`, because }];
  });
}
