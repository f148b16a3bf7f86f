import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from './root.ts';

const pages = ['docs/experiments.md'];
const block = /<!-- source: (\S+) -->[\s\S]*?<!-- \/source -->/g;

/** Puts the files that pages show between their markers, so that no example is out of date. */
for (const page of pages) {
  const path = join(root, page);
  const text = readFileSync(path, 'utf8').replaceAll(block, (_all, source: string) => {
    const code = readFileSync(join(root, source), 'utf8').trimEnd();
    return `<!-- source: ${source} -->\n\n\`\`\`${extname(source).slice(1)}\n${code}\n\`\`\`\n\n<!-- /source -->`;
  });
  writeFileSync(path, text);
}
