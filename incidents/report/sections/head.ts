import { code, dateTime, duration, table } from '@firedrill/chaos/report';
import type { Section } from './section.ts';

/** What it was, in one row. */
export const head: Section = ({ incident, run }) => {
  const { id, status, level, openedAt, recoveredAt, resolved } = incident;
  const openedMs = Date.parse(openedAt);
  const over = recoveredAt ?? resolved?.at;
  return table(
    ['Incident', 'Status', 'Level', 'Opened (UTC)', 'Last page ended', 'Resolved', 'Paged for>', 'Run'],
    [
      [
        code(id),
        status,
        String(level),
        dateTime(openedMs),
        recoveredAt === undefined ? '–' : dateTime(Date.parse(recoveredAt)),
        resolved === undefined ? '–' : `${dateTime(Date.parse(resolved.at))}, ${resolved.by ?? 'by itself'}`,
        over === undefined ? '–' : duration(Date.parse(over) - openedMs),
        run === undefined ? 'none: no experiment caused it' : code(run.run.id),
      ],
    ],
  );
};
