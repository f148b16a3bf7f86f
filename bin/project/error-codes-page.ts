import { writeFileSync } from 'node:fs';
import { errorCodes } from '@firedrill/errors';

/** Renders docs/errors.md to the path given as the first argument. */
const rows = Object.entries(errorCodes).map(
  ([code, { exit, meaning }]) => `| \`${code}\` | ${exit} | ${meaning} |`,
);
const page = `# Exit codes and errors

Every command ends with one of these. An error is one line on stderr: what, where, what to do, and its code in brackets.

| Exit | Means |
|---|---|
| 0 | pass: the hypothesis held, the page came, nothing was lost |
| 1 | fail: something that was promised did not hold |
| 2 | inconclusive: evidence is missing, so nothing is claimed |
| 3 | aborted: stopped before its end, and healed |
| 64 | usage: a name, flag or file that does not fit |
| 69 | unavailable: something the lab needs could not be had |
| 70 | a bug in Firedrill |

| Code | Exit | Meaning |
|---|---|---|
${rows.join('\n')}
`;

const target = process.argv[2];
if (target === undefined) throw new Error('usage: error-codes-page.ts <file>');
writeFileSync(target, page);
