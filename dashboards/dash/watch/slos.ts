import { alertWindows, type Clock, formatDuration, type Slo, sloCatalogue } from '@firedrill/slo';
import { levelByNumber } from '@firedrill/topology';
import type { LegSight, SloSight } from '../sight.ts';
import { askData, resultSchema } from './ask-api.ts';

/** A recorded value: its metric's name among its labels. */
export interface Recorded {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Everything that the rules record of a level's objectives, by one query. */
const recorded = (service: string): string =>
  `{__name__=~"slo:sli_error:ratio_rate.+|slo:period_error_budget_remaining:ratio",sloth_service="${service}"} or ALERTS{alertstate="firing",sloth_service="${service}"}`;

/** @throws {FiredrillError} `control-failed` when Prometheus does not answer. */
export async function readSlos(url: string, level: number, clock: Clock): Promise<readonly SloSight[]> {
  const query = recorded(levelByNumber(level).service);
  const data = await askData('Prometheus', `${url}/api/v1/query`, resultSchema, { query });
  const samples =
    data.resultType === 'vector'
      ? data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
      : [];
  return sloCatalogue(level).map((slo) => sloSight(slo, clock, samples));
}

/** Pure: an objective as the rules have it now. */
export function sloSight(slo: Slo, clock: Clock, samples: readonly Recorded[]): SloSight {
  const own = samples.filter(({ labels }) => labels['sloth_id'] === slo.id);
  const named = (name: string): number | null => {
    const value = own.find(({ labels }) => labels['__name__'] === name)?.value;
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const burning = (seconds: number) => {
    const window = formatDuration(seconds);
    const ratio = named(`slo:sli_error:ratio_rate${window}`);
    return { window, burnRate: ratio === null ? null : ratio / slo.errorBudget };
  };
  const legs = alertWindows(clock).pairs.map(
    ({ severity, speed, factor, longSeconds, shortSeconds }): LegSight => ({
      severity,
      speed,
      factor,
      long: burning(longSeconds),
      short: burning(shortSeconds),
    }),
  );
  const shortest = legs[0]?.short.burnRate ?? null;
  return {
    name: slo.name,
    alert: slo.alert,
    description: slo.description,
    objective: slo.objective,
    sli: shortest === null ? null : 1 - shortest * slo.errorBudget,
    legs,
    budgetLeft: named('slo:period_error_budget_remaining:ratio'),
    firing: (['page', 'ticket'] as const).filter((severity) =>
      own.some(({ labels }) => labels['__name__'] === 'ALERTS' && labels['severity'] === severity),
    ),
  };
}
