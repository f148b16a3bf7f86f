import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { enabledAlerts } from './enabled-alerts.ts';

it('finds an alert that was switched off', () => {
  expect(specFlaws(enabledAlerts)).toEqual([]);
  expect(specFlaws(enabledAlerts, ['severity: page } }', 'severity: page }, disable: true }'])).toEqual([
    'slos.0.alerting.page_alert.disable: this alert can never fire: take the line out, or the SLO',
  ]);
});
