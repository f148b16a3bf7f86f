import { expect, it } from 'vitest';
import { type AlertmanagerAlert, alertsOf, type PrometheusAlert } from './alerts.ts';

const at = '2026-11-29T10:13:04.000Z';
const rule = (alertname: string, severity: string, state: PrometheusAlert['state']): PrometheusAlert => ({
  labels: { alertname, severity },
  annotations: { summary: `${alertname} says` },
  state,
  activeAt: at,
});
const told = (
  alertname: string,
  severity: string,
  state: AlertmanagerAlert['status']['state'],
): AlertmanagerAlert => ({ ...rule(alertname, severity, 'firing'), startsAt: at, status: { state } });

it('is one list of both: pages first, then what is held back, then what pends', () => {
  const alerts = alertsOf(
    [
      rule('ProbeFailing', 'ticket', 'pending'),
      rule('CheckoutAvailability', 'ticket', 'firing'),
      rule('CheckoutAvailability', 'page', 'firing'),
      rule('Watchdog', 'watchdog', 'firing'),
    ],
    [told('CheckoutAvailability', 'ticket', 'suppressed'), told('DatabaseErrorsLogged', 'ticket', 'active')],
    new Set(['CheckoutAvailability']),
  );
  expect(alerts.map(({ alert, severity, state }) => `${severity} ${alert} ${state}`)).toEqual([
    'page CheckoutAvailability firing',
    'ticket DatabaseErrorsLogged firing',
    'ticket CheckoutAvailability held back',
    'ticket ProbeFailing pending',
  ]);
  expect(alerts.map(({ runbook }) => runbook)).toEqual([true, false, true, false]);
});

it('tells the instances of one alert apart', () => {
  const down = (instance: string): PrometheusAlert => {
    const one = rule('ComponentDown', 'ticket', 'firing');
    return { ...one, labels: { ...one.labels, instance } };
  };
  const alerts = alertsOf([down('api-1'), down('api-2')], [], new Set());
  expect(alerts.map(({ what }) => what)).toEqual(['api-1', 'api-2']);
});
