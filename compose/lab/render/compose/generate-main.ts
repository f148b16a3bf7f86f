import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { levels } from '@firedrill/topology';
import { renderCompose } from './compose-file.ts';

/** Writes compose/level-N for every level; what is no longer rendered goes, but not the user's secrets in `.env`. */
const checkout = resolve(import.meta.dirname, '../../../..');
for (const level of levels) {
  const folder = join(checkout, 'compose', `level-${level.number}`);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter((found) => found !== '.env')) {
    rmSync(join(folder, name), { recursive: true });
  }
  for (const { path, content } of renderCompose(level, checkout)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
