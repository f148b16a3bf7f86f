import {
  blocks,
  bullets,
  clockTime,
  dateTime,
  duration,
  plain,
  plural,
  table,
} from '@firedrill/chaos/report';
import { takenAfterMs } from '../promises.ts';
import type { Section } from './section.ts';

export const leadUp: Section = (facts) => blocks('## Lead-up', bullets(facts.leadUp));

export const trigger: Section = (facts) => blocks('## Trigger', bullets(facts.trigger));

/** Who did what, by the pager. */
export const response: Section = (facts) => {
  const { incident } = facts;
  const takenMs = takenAfterMs(facts);
  const alerts = [...new Set(incident.alerts.map(({ alert }) => alert))];
  return blocks(
    '## Response',
    bullets([
      takenMs === undefined
        ? 'Nobody acknowledged it.'
        : `Acknowledged ${duration(takenMs)} after it rang, by ${plain(incident.acts.find(({ kind }) => kind === 'acknowledge')!.by)}.`,
      `${plural(incident.acts.length, 'act')} at the pager, escalated ${incident.escalations}×.`,
      `Runbooks: ${alerts.map((alert) => `${plain(alert)} (\`pnpm runbook ${alert}\`)`).join(', ')}.`,
    ]),
  );
};

export const mitigation: Section = (facts) => blocks('## Mitigation', bullets(facts.mitigation));

export const recovery: Section = (facts) => blocks('## Recovery', bullets(facts.recovery));

/** Each line with a link to what shows it; with the day where it was not over on one. */
export const timeline: Section = ({ lines }) => {
  const days = new Set(lines.map(({ atMs }) => dayOf(atMs)));
  return blocks(
    '## Timeline (UTC)',
    days.size === 1 ? `${[...days][0]}.` : '',
    table(
      ['Time', 'What', 'By', 'Evidence'],
      lines.map(({ atMs, what, by = '', source }) => [
        days.size === 1 ? clockTime(atMs) : `${dayOf(atMs)} ${clockTime(atMs)}`,
        what,
        by,
        `[${plain(source.name)}](${source.path})`,
      ]),
    ),
  );
};

const dayOf = (ms: number): string => dateTime(ms).slice(0, 10);
