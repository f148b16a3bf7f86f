import { blocks, bullets, durationOr, plain, table } from '@firedrill/chaos/report';
import type { Facts } from '../facts.ts';
import type { Section } from './section.ts';

/** How soon somebody knew, how soon they could have, and who was not told. */
export const detection: Section = ({ alerts, unfired }) =>
  blocks(
    '## Detection',
    table(['Alert', 'Crosses θ>', 'Firing>', 'Delivered>', 'Predicted>', 'Ended>'], alerts.map(row)),
    'All from the first bad event of the alert’s SLO; from the moment its rule fired where it has none. “Crosses θ” is when the users’ own requests cross the threshold in both windows; the prediction is that and the pipeline’s mean delay. A ticket is held back while the page of its SLO fires.',
    '### Should have come and did not',
    unfired.length === 0
      ? 'None that is known of.'
      : bullets(unfired.map(({ name, because }) => `**missing** ${plain(name)}: ${because}.`)),
  );

function row({
  name,
  firstBadMs,
  crossingMs,
  firingMs,
  deliveredMs,
  predictedMs,
  resolvedMs,
}: Facts['alerts'][number]): string[] {
  const zero = firstBadMs ?? firingMs;
  const after = (ms: number | undefined) =>
    durationOr(ms === undefined || zero === undefined ? undefined : ms - zero);
  return [
    `${plain(name)}${firstBadMs === undefined ? ' (no first bad event known)' : ''}`,
    after(crossingMs),
    after(firingMs),
    after(deliveredMs),
    after(predictedMs),
    after(resolvedMs),
  ];
}
