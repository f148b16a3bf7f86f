import { blocks, bullets, plain, table } from '@firedrill/chaos/report';
import type { Section } from './section.ts';

export const missing: Section = (facts) =>
  facts.missing.length === 0 ? '' : blocks('## What is not known', bullets(facts.missing.map(plain)));

export const evidence: Section = (facts) =>
  blocks(
    '## Evidence',
    'All that is not marked as written or proposed is worked out from these files.',
    table(
      ['File', 'What'],
      facts.evidence.map(({ name, path, what }) => [`[${plain(name)}](${path})`, plain(what)]),
    ),
  );
