import { knownAlerts } from '@firedrill/alerts';
import { FiredrillError } from '@firedrill/errors';
import { alertWindows, type Clock, sloCatalogue } from '@firedrill/slo';
import type { ExperimentAt } from '../experiments/experiment-at.ts';
import { alwaysForbidden } from '../experiments/forbidden.ts';
import type { Plan } from '../journal/event.ts';
import { detectionMs, type Impact, resolutionMs } from './prediction.ts';

export interface ContractRequest {
  readonly experiment: ExperimentAt;
  readonly impacts: readonly Impact[];
  readonly level: number;
  /** All levels that the experiment runs on: what it allows must exist on one of them. */
  readonly levels: readonly number[];
  readonly clock: Clock;
}

type Contract = ExperimentAt['alerts']['expected'][number];
type Name = Pick<Contract, 'alert' | 'severity'>;

const nameOf = ({ alert, severity }: Name): string => `${severity} ${alert}`;

/**
 * Pure: the alert contract with its predictions.
 * @throws {FiredrillError} `invalid-data` for an alert that there is not, that is named twice, whose order cannot be, or that
 * nothing predicts.
 */
export function contractOf(request: ContractRequest): Plan['alerts'] {
  const { experiment, level, levels, clock } = request;
  const { expected, forbidden, allowed } = experiment.alerts;
  refuseUnknown(expected, [level]);
  refuseUnknown([...forbidden, ...allowed], [level, ...levels]);
  refuseTwice([...expected, ...forbidden, ...allowed]);
  const named = new Set([...expected, ...forbidden, ...allowed].map(nameOf));
  // On the longer windows an outage that ends by itself may page nobody: there its alerts are no longer expected, and may come.
  const soon = (contract: Contract): boolean =>
    experiment.recoversMs === undefined || clock === 'drill' || isPredicted(request, contract);
  return {
    expected: expected.filter(soon).map((contract, index) => {
      const { alert, severity, withinMs, after } = contract;
      refuseOrder(contract, expected.slice(0, index));
      const predictedMs = predictedMsOf(request, contract);
      const impact = request.impacts.find((one) => one.slo.alert === alert);
      const resolvesMs = impact && resolutionMs(clock, severity, impact);
      return {
        alert,
        severity,
        predictedMs,
        withinMs: clock === 'drill' ? withinMs : Math.round(1.5 * predictedMs) + 30_000,
        ...(after === undefined ? {} : { after }),
        ...(resolvesMs === undefined ? {} : { resolvesMs }),
      };
    }),
    forbidden: [...forbidden, ...alwaysForbidden.filter((one) => !named.has(nameOf(one)))],
    allowed: [
      ...allowed,
      ...expected
        .filter((contract) => !soon(contract))
        .map(({ alert, severity }) => ({
          alert,
          severity,
          reason: 'it is over before these windows are full',
        })),
    ],
  };
}

function refuseUnknown(names: readonly Name[], levels: readonly number[]): void {
  for (const name of names) {
    if (levels.some((level) => knownAlerts(level).has(nameOf(name)))) continue;
    const at = [...new Set(levels)].sort((a, b) => a - b);
    const other = nameOf({ ...name, severity: name.severity === 'page' ? 'ticket' : 'page' });
    const asOther = at.some((level) => knownAlerts(level).has(other));
    throw new FiredrillError('invalid-data', `level ${at.join(', ')} has no ${nameOf(name)}`, {
      where: 'alerts',
      // Only symptoms page.
      fix: asOther ? `it is a ${other.split(' ')[0]}` : 'name an alert of alerts/rules or slo/specs',
    });
  }
}

function refuseTwice(names: readonly Name[]): void {
  const seen = new Set<string>();
  for (const name of names.map(nameOf)) {
    if (seen.has(name)) {
      throw new FiredrillError('invalid-data', `${name} is named twice`, {
        where: 'alerts',
        fix: 'expect it, forbid it or allow it, once',
      });
    }
    seen.add(name);
  }
}

function refuseOrder({ after, ...name }: Contract, earlier: readonly Name[]): void {
  if (after === undefined || earlier.some((one) => nameOf(one) === nameOf(after))) return;
  throw new FiredrillError(
    'invalid-data',
    `${nameOf(name)} waits for ${nameOf(after)}, which is not expected before it`,
    {
      where: 'alerts.expected',
      fix: 'expect that alert further up in the list',
    },
  );
}

/** Whether an alert comes of itself, or its SLO's windows say when. */
function isPredicted(
  { impacts, level, clock }: ContractRequest,
  { alert, severity, afterMs }: Contract,
): boolean {
  if (!sloCatalogue(level).some((slo) => slo.alert === alert)) return afterMs !== undefined;
  const impact = impacts.find((one) => one.slo.alert === alert);
  return impact !== undefined && detectionMs(alertWindows(clock), severity, impact) !== undefined;
}

/** When an expected alert should come after the injection, ms. */
function predictedMsOf({ impacts, level, clock }: ContractRequest, contract: Contract): number {
  const { alert, severity, afterMs } = contract;
  const ofSlo = sloCatalogue(level).some((slo) => slo.alert === alert);
  if (ofSlo && afterMs !== undefined) {
    throw new FiredrillError('invalid-data', `${alert} is an SLO's: its impact predicts it`, {
      where: 'alerts.expected',
      fix: 'leave `afterMs` out',
    });
  }
  if (!ofSlo && afterMs !== undefined) return afterMs;
  const impact = impacts.find((one) => one.slo.alert === alert);
  const predictedMs = impact && detectionMs(alertWindows(clock), severity, impact);
  if (predictedMs !== undefined) return predictedMs;
  throw new FiredrillError('invalid-data', `expects ${severity} ${alert}, but its own impact predicts none`, {
    where: 'alerts.expected',
    fix: "raise the impact or the duration, leave the alert out, or give `afterMs` where it is no SLO's",
  });
}
