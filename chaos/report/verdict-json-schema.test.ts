import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { verdictJsonSchema, verdictSchemaFile } from './verdict-json-schema.ts';

it('is committed as it is generated: run `node chaos/report/generate-main.ts`', async () => {
  expect(await readFile(verdictSchemaFile, 'utf8')).toBe(verdictJsonSchema());
});
