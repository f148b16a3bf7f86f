import { FiredrillError } from '@firedrill/errors';
import { parse } from 'yaml';
import { z } from 'zod';

/** The sections of every runbook, in this order. */
export const runbookSections = [
  'Meaning',
  'Impact',
  'Diagnosis',
  'Mitigation',
  'Verify recovery',
  'Rollback',
  'Escalation',
] as const;

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

export interface CodeBlock {
  /** `sh`, `promql` … */
  readonly language: string;
  readonly text: string;
  /** The section that it stands in. */
  readonly section: string;
  /** The lowest level at which it is due: below `### Level 2 and up`, 2. */
  readonly fromLevel: number;
}

export interface Runbook extends Readonly<z.infer<typeof frontMatterSchema>> {
  /** Relative to the repository, as in the alert's `runbook_url`. */
  readonly path: string;
  readonly sections: readonly string[];
  /** Commands and queries, in order. */
  readonly blocks: readonly CodeBlock[];
  /** Markdown without the front matter. */
  readonly body: string;
}

/** Pure. @throws {FiredrillError} `invalid-data`, naming the file and the field. */
export function parseRunbook(text: string, path: string): Runbook {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (match === null) {
    throw new FiredrillError('invalid-data', 'has no front matter', { where: path, fix: 'begin with ---' });
  }
  const parsed = frontMatterSchema.safeParse(parse(match[1]!));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new FiredrillError('invalid-data', issue.message, {
      where: `${path}: ${issue.path.join('.') || 'front matter'}`,
    });
  }
  const body = match[2]!;
  const sections: string[] = [];
  const blocks: CodeBlock[] = [];
  let fromLevel = parsed.data.levels[0]!;
  let open: { language: string; lines: string[] } | undefined;
  for (const line of body.split('\n')) {
    const fence = /^```(\w*)$/.exec(line);
    if (open === undefined && fence !== null) {
      open = { language: fence[1]!, lines: [] };
    } else if (open !== undefined && fence !== null) {
      const { language, lines } = open;
      blocks.push({ language, text: lines.join('\n'), section: sections.at(-1) ?? '', fromLevel });
      open = undefined;
    } else if (open !== undefined) {
      open.lines.push(line);
    } else if (line.startsWith('## ')) {
      sections.push(line.slice(3));
      fromLevel = parsed.data.levels[0]!;
    } else if (line.startsWith('### ')) {
      fromLevel = Number(/^### Level (\d)/.exec(line)?.[1] ?? parsed.data.levels[0]!);
    }
  }
  return { ...parsed.data, path, sections, blocks, body };
}
