import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FiredrillError } from '@firedrill/errors';
import { LineCounter, parseDocument } from 'yaml';

const typescript = /\.[cm]?[jt]s$/;

/** Whether it is the path of a file and no name: it holds a slash or ends as TypeScript, YAML or JSON does. */
export const isDataPath = (nameOrPath: string): boolean =>
  /[/\\]|\.([cm]?[jt]s|ya?ml|json)$/.test(nameOrPath);

/**
 * What a file of the user's own says: the default export of a TypeScript module, or YAML (and so JSON).
 * @param base where relative paths start.
 * @throws {FiredrillError} `usage` when it cannot be read, `invalid-data` when it cannot be understood.
 */
export async function readData(path: string, base: string): Promise<unknown> {
  const file = resolve(base, path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new FiredrillError('usage', missing ? 'there is no such file' : (cause as Error).message, {
      where: path,
      fix: `paths start at ${base}`,
      cause,
    });
  }
  return typescript.test(file) ? importDefault(file, path) : parseYaml(text, path);
}

async function importDefault(file: string, path: string): Promise<unknown> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    if (module.default !== undefined) return module.default;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FiredrillError('invalid-data', `it cannot be loaded: ${reason}`, {
      where: path,
      fix: `make \`node ${path}\` run without an error`,
      cause,
    });
  }
  throw new FiredrillError('invalid-data', 'it has no default export', {
    where: path,
    fix: 'write `export default { … } satisfies Experiment` (docs/experiments.md)',
  });
}

function parseYaml(text: string, path: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error === undefined) return document.toJS();
  const { line, col } = lines.linePos(error.pos[0]);
  throw new FiredrillError('invalid-data', `not YAML: ${error.message}`, {
    where: `${path}:${line}:${col}`,
    fix: 'correct it there, or one line above',
    cause: error,
  });
}
