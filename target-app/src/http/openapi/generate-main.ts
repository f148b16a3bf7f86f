import { writeFile } from 'node:fs/promises';
import { exitUsage, exitWithLine } from '../../config/read-config.ts';
import { openapiDocument } from '../../shop-endpoints.ts';

/** Writes the OpenAPI document to the path that is given. */
const [path] = process.argv.slice(2);
if (path === undefined) exitWithLine(exitUsage, 'usage: generate-main.ts <path of openapi.json>');
await writeFile(path, `${JSON.stringify(openapiDocument(), null, 2)}\n`);
