import { blocks, code, plain, table } from '../markdown.ts';
import type { Section } from './section.ts';

/** What was asked of whom, and where the raw answers lie. */
export const evidence: Section = ({ run }) => {
  const pieces = [...run.evidence.values()];
  return blocks(
    '## Evidence',
    'Everything above is worked out from these files; no server is needed to read them.',
    table(
      ['File', 'What', 'Asked', 'State'],
      [
        ['[journal.jsonl](journal.jsonl)', 'every event of the run', '–', 'kept'],
        ['[ledger.jsonl](ledger.jsonl)', 'every request and its answer', '–', 'kept'],
        ...pieces.map((piece) => [
          `[${plain(piece.piece)}](evidence/${encodeURIComponent(piece.piece)}.json)`,
          plain(piece.what),
          `${plain(piece.source)}: ${code(shortened(decoded(piece.request)))}`,
          piece.problem === undefined ? 'kept' : `**missing**: ${plain(piece.problem)}`,
        ]),
      ],
    ),
  );
};

/** As a person would write the query. */
function decoded(request: string): string {
  const [path, query] = [
    request.split('?')[0]!,
    new URLSearchParams(request.split('?')[1] ?? '').get('query'),
  ];
  return query ?? path;
}

const shortened = (text: string): string => (text.length > 110 ? `${text.slice(0, 109)}…` : text);
