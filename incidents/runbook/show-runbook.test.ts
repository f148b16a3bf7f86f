import { parseRunbook } from '@firedrill/runbooks';
import { expect, it } from 'vitest';
import { showRunbook } from './show-runbook.ts';
import { plain } from './style.ts';

const runbook = parseRunbook(
  `---
alert: Page
slo: a-slo
severity: [page]
levels: [1, 2, 3]
experiments: []
---

# Page

## Diagnosis

1. Is a part gone, or so slow that one may take it for gone and would rather look twice?

\`\`\`sh
pnpm lab status --level N
\`\`\`

| Answer | Then |
|---|---|
| says \`NODE down\` | [start it](#start-it) |
| else | next |

### Level 2 and up

2. And the edge?

## Mitigation

- **First**: keep _its_ log.

### Start it

\`\`\`sh
pnpm lab restart NODE --level N
\`\`\`
`,
  'Page.md',
);

it('reads on a terminal as it does on the web, with the level filled in', () => {
  expect(
    showRunbook(runbook, { level: 1, width: 60, style: plain }),
  ).toBe(`alert Page (page), SLO a-slo, level 1
Page

DIAGNOSIS

1. Is a part gone, or so slow that one may take it for gone
   and would rather look twice?

    pnpm lab status --level 1

    says \`NODE down\`  → start it
    else              → next

MITIGATION

- First: keep its log.

Start it

    pnpm lab restart NODE --level 1
`);
});

it('shows what every level has when none is given', () => {
  const text = showRunbook(runbook, { width: 60, style: plain });
  expect(text).toContain('levels 1, 2, 3');
  expect(text).toContain('Level 2 and up\n\n2. And the edge?');
  expect(text).toContain('--level N');
});
