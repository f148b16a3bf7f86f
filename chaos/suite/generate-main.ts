import { writeFile } from 'node:fs/promises';
import { suiteJsonSchema, suiteSchemaFile } from './json-schema.ts';

await writeFile(suiteSchemaFile, suiteJsonSchema());
