import type { Finding } from '../../checks/integrity/finding.ts';
import { verdictOf } from '../../checks/integrity/invariant.ts';
import type { Integrity } from '../../checks/integrity.ts';
import { count } from '../figures.ts';
import { blocks, bullets, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** Findings listed per invariant; the rest are counted. */
const listed = 20;

/** Was an order lost, made twice, charged wrongly? */
export const integrity: Section = ({ integrity: found, verdict }) => {
  const { acknowledged, lost, duplicated, unknown } = verdict.orders;
  const unread = found.problem !== undefined;
  const read = (figure: number) => (unread ? '?' : count(figure));
  return blocks(
    '## Orders and money',
    table(
      ['Acknowledged>', 'Lost>', 'Lost in promise>', 'Duplicated>', 'Left unknown>', 'Stale reads>'],
      [
        [
          count(acknowledged),
          read(lost),
          read(found.lostInPromise.length),
          read(duplicated),
          count(unknown),
          read(found.staleReads.length),
        ],
      ],
    ),
    unread ? `**inconclusive**: ${plain(found.problem ?? '')}.` : '',
    unread
      ? ''
      : `Client ledger against the database and the payment provider's own journal, read directly after the heal${found.settled ? '' : '; the run did not settle, so what is still open is not judged'}.`,
    table(
      ['Invariant', 'Verdict', 'Must hold', 'Looked at>', 'Violations>', 'Unresolved>', 'Admitted>'],
      found.results.map((result) => [
        String(result.invariant),
        `**${verdictOf(result)}**`,
        plain(result.promise),
        count(result.examined),
        count(result.violations.length),
        count(result.unresolved.length),
        count(result.admitted.length),
      ]),
    ),
    ...promoted(found),
    ...thrownAway(found),
    list('Stale reads, each named by the replica that answered (level 4 admits none):', found.staleReads),
    ...found.results.map((result) => {
      return list(`Invariant ${result.invariant}:`, [...result.violations, ...result.unresolved]);
    }),
  );
};

/** What level 3 means by a 2xx, and what it cost. */
function promoted({ promotions, lostInPromise }: Integrity): readonly string[] {
  return promotions.map(({ from, to, fencedAt, promotedAt, lastReplayedAt }, index) =>
    blocks(
      lastReplayedAt === undefined
        ? `${to} took the place of ${from} at ${plain(promotedAt)}. Nothing that was acknowledged may be lost by that.`
        : `${from} was fenced at ${plain(fencedAt)}, ${to} took its place at ${plain(promotedAt)}. It had replayed what was committed until ${plain(lastReplayedAt)}; a write acknowledged later may be lost at this level, and each is counted.`,
      index === promotions.length - 1
        ? list(`Lost in promise: ${count(lostInPromise.length)}.`, lostInPromise)
        : '',
    ),
  );
}

/** What was thrown away when a former primary was taken back to the others. */
function thrownAway({ divergences }: Integrity): readonly string[] {
  return divergences.map(({ node, fork, end, commits, answers, problem }) => {
    const where = fork === undefined ? '' : ` behind ${fork}${end === undefined ? '' : `, up to ${end}`}`;
    const told = `${count(answers.length)} of them with an answer for a customer`;
    const doubt = problem === undefined ? '' : ` That may not be all: ${plain(problem)}.`;
    return `${node} had ${count(commits)} commits that the new primary had not${where}, ${told}; they were thrown away.${doubt}`;
  });
}

function list(title: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return title.endsWith('.') ? title : '';
  const more = findings.length > listed ? [`and ${count(findings.length - listed)} more`] : [];
  const lines = findings.slice(0, listed).map((finding) => plain(finding.message));
  return blocks(title, bullets([...lines, ...more]));
}
