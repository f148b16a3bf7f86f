import { FiredrillError } from '@firedrill/errors';
import { parse } from 'yaml';
import { z } from 'zod';

const frontMatterSchema = z.strictObject({
  /** The alert's name: also the file's. */
  alert: z.string(),
  /** The SLO's name, where the alert guards one. */
  slo: z.string().optional(),
  severity: z.array(z.enum(['page', 'ticket'])).min(1),
  /** The levels at which the alert exists, ascending. */
  levels: z.array(z.number().int()).min(1),
  /** Experiments that raise it. */
  experiments: z.array(z.string()),
});

export type FrontMatter = Readonly<z.infer<typeof frontMatterSchema>>;

/** Pure: what stands before a runbook's text, and the text. @throws {FiredrillError} `invalid-data`, naming file and field. */
export function splitFrontMatter(
  text: string,
  path: string,
): { readonly front: FrontMatter; readonly body: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (match === null) {
    throw new FiredrillError('invalid-data', 'has no front matter', { where: path, fix: 'begin with ---' });
  }
  const parsed = frontMatterSchema.safeParse(parse(match[1] ?? ''));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new FiredrillError('invalid-data', issue?.message ?? 'is not valid', {
      where: `${path}: ${issue?.path.join('.') || 'front matter'}`,
    });
  }
  return { front: parsed.data, body: match[2] ?? '' };
}
