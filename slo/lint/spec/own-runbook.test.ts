import { expect, it } from 'vitest';
import { specFlaws } from '../testing/flaws.ts';
import { ownRunbook } from './own-runbook.ts';

it("finds another alert's runbook", () => {
  expect(specFlaws(ownRunbook)).toEqual([]);
  expect(specFlaws(ownRunbook, ['runbooks/CheckoutAvailability.md', 'runbooks/Other.md'])).toEqual([
    "slos.0.alerting.annotations.runbook_url: does not name the alert's runbook: write runbooks/CheckoutAvailability.md",
  ]);
});
