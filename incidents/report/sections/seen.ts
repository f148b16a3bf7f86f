import {
  blocks,
  clockTime,
  code,
  count,
  duration,
  integrity,
  plain,
  plotImage,
  table,
} from '@firedrill/chaos/report';
import type { Section } from './section.ts';

/** Log lines shown; the rest are in the evidence. */
const shown = 15;

export const promises: Section = ({ run }) =>
  run === undefined
    ? blocks('## Orders and money', 'Not audited: only a run holds the books against a ledger of requests.')
    : integrity(run);

export const plots: Section = (facts) =>
  blocks(
    '## What it looked like',
    facts.plots.size === 0 ? 'Nothing was recorded that could be drawn.' : '',
    ...[...facts.plots.keys()].map((name) => plotImage(name, name)),
  );

export const logs: Section = ({ logs: groups, logSource }) => {
  const heading = '## Logs around the break';
  if (groups === undefined || logSource === undefined)
    return blocks(heading, 'They could not be read: nothing is known of them.');
  const more = groups.length - shown;
  return blocks(
    heading,
    groups.length === 0 ? 'No warning and no error was logged.' : '',
    table(
      ['First (UTC)', 'Lines>', 'Node', 'Severity', 'Message'],
      groups
        .slice(0, shown)
        .map(({ atMs, count: lines, node, severity, message }) => [
          clockTime(atMs),
          count(lines),
          code(node),
          plain(severity),
          plain(message),
        ]),
    ),
    `${more > 0 ? `And ${count(more)} others. ` : ''}Lines that differ in figures only are one. All of them: [${plain(logSource.name)}](${logSource.path}).`,
  );
};

export const traces: Section = ({ traces: all }) =>
  blocks(
    '## Traces around the break',
    all.length === 0 ? 'None of a request of that time is known.' : '',
    ...all.map(({ id, title, source, spans }) =>
      blocks(
        `### ${plain(title)}`,
        table(
          ['Span', 'Service', 'Starts>', 'Took>', ''],
          spans.map(({ depth, operation, service, startMs, tookMs, error }) => [
            `${'· '.repeat(depth)}${code(operation)}`,
            plain(service),
            duration(startMs),
            duration(tookMs),
            error === undefined ? '' : plain(error),
          ]),
        ),
        `Trace ${code(id)}: [${plain(source.name)}](${source.path}).`,
      ),
    ),
  );
