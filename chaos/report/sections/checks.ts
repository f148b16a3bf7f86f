import { blocks, code, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** Every check with its verdict. */
export const checks: Section = ({ verdict, run }) =>
  blocks(
    '## Checks',
    table(
      ['Check', 'Verdict', 'What was found'],
      verdict.checks.map((check) => [code(check.name), `**${check.verdict}**`, plain(check.summary)]),
    ),
    run.missing.length === 0 ? '' : `Could not be read: ${run.missing.map(plain).join('; ')}.`,
  );
