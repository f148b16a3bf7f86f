import { verdictOf } from '../../checks/integrity/invariant.ts';
import { count } from '../figures.ts';
import { blocks, bullets, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** Findings listed per invariant; the rest are counted. */
const listed = 20;

/** Was an order lost, made twice, charged wrongly? */
export const integrity: Section = ({ integrity: found, verdict }) => {
  const { acknowledged, lost, duplicated, unknown } = verdict.orders;
  const unread = found.problem !== undefined;
  return blocks(
    '## Orders and money',
    table(
      ['Acknowledged>', 'Lost>', 'Duplicated>', 'Left unknown>'],
      [[count(acknowledged), unread ? '?' : count(lost), unread ? '?' : count(duplicated), count(unknown)]],
    ),
    unread ? `**inconclusive**: ${plain(found.problem ?? '')}.` : '',
    unread
      ? ''
      : `Client ledger against the database and the payment provider's own journal, read directly after the heal${found.settled ? '' : '; the run did not settle, so what is still open is not judged'}.`,
    table(
      ['Invariant', 'Verdict', 'Must hold', 'Looked at>', 'Violations>', 'Unresolved>'],
      found.results.map((result) => [
        String(result.invariant),
        `**${verdictOf(result)}**`,
        plain(result.promise),
        count(result.examined),
        count(result.violations.length),
        count(result.unresolved.length),
      ]),
    ),
    ...found.results.map((result) => {
      const findings = [...result.violations, ...result.unresolved];
      if (findings.length === 0) return '';
      const more = findings.length > listed ? [`and ${count(findings.length - listed)} more`] : [];
      const lines = findings.slice(0, listed).map((finding) => plain(finding.message));
      return blocks(`Invariant ${result.invariant}:`, bullets([...lines, ...more]));
    }),
  );
};
