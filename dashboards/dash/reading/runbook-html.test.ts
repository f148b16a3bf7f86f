import { describe, expect, it } from 'vitest';
import { runbookHtml, runbookNames, runbookText } from './runbook-html.ts';

const names = runbookNames();

describe.each(names)('%s', (name) => {
  const html = runbookHtml(runbookText(name) ?? '', 3);

  it('leads only to runbooks and headings that are there, and to addresses of others', () => {
    const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href!);
    for (const href of links) {
      const runbook = /^#runbook\/(.+)$/.exec(href)?.[1];
      if (runbook !== undefined) expect(names).toContain(runbook);
      else if (href.startsWith('#')) expect(html).toContain(`id="${href.slice(1)}"`);
      else expect(href).toMatch(/^https?:/);
    }
  });

  it('names the level in its commands', () => expect(html).not.toContain('--level N'));
});

it('takes no markup over, and no script', () => {
  const html = runbookHtml(
    '<img src=x onerror=alert(1)> [x](javascript:alert(1)) [y](../docs/sla.md "t")',
    1,
  );
  expect(html).not.toMatch(/<img|href="javascript/);
  expect(html).toContain('<a title="../docs/sla.md">y</a>');
});

it('is none of a name that is not a runbook', () => {
  for (const name of ['../README', 'package', '', 'Nothing']) expect(runbookText(name)).toBeUndefined();
});
