import type { Experiment } from './experiment.ts';

type Forbidden = NonNullable<Experiment['alerts']['forbidden']>[number];

export const neverPages = (alert: string, reason: string): Forbidden => ({ alert, severity: 'page', reason });

/** Forbidden in every run that does not itself expect or allow it. */
export const alwaysForbidden: readonly Forbidden[] = [
  neverPages('ReconcilerMismatch', 'whatever breaks, orders and their money agree'),
  {
    alert: 'RuleEvaluationFailing',
    severity: 'ticket',
    reason: 'a rule that cannot be evaluated judges nothing',
  },
];

/** A slow answer is no failed one (docs/adr/0004): an SLO of failures must not page for it. */
export const slowIsNotFailed: readonly Forbidden[] = [
  neverPages('CheckoutAvailability', 'what is slow is answered all the same'),
  neverPages('BrowseAvailability', 'what is slow is answered all the same'),
];

export const browsingGoesOn: readonly Forbidden[] = [
  neverPages('BrowseAvailability', 'the catalogue does not need what is broken'),
];

export const nobodyIsHurt: readonly Forbidden[] = [
  neverPages('CheckoutAvailability', 'whoever buys is served by what is left'),
  neverPages('BrowseAvailability', 'whoever looks is served by what is left'),
];
