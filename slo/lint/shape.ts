import { z } from 'zod';
import type { Flaw, Path } from './finding.ts';

export interface Shape<Value> {
  /** Undefined when a flaw is more than a key that nobody reads. */
  readonly value: Value | undefined;
  readonly flaws: readonly Flaw[];
}

/** Sloth drops a key that it does not know in silence: a misspelt `page_alert` loses its labels, and nobody is paged. */
export function readShape<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  manual: string,
): Shape<z.output<Schema>> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { value: parsed.data, flaws: [] };
  const unknown = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key] as Path) : [],
  );
  const wrong = parsed.error.issues.flatMap(({ code, path, message }) =>
    code === 'unrecognized_keys' ? [] : [{ path: path as Path, message, missing: !has(data, path as Path) }],
  );
  const missingPaths = wrong.filter(({ missing }) => missing).map(({ path }) => path);
  const misspelt = pairedUp(unknown, missingPaths);
  const flaws = [
    ...wrong
      .filter(({ path }) => ![...misspelt.values()].includes(path))
      .map(({ path, message, missing }): Flaw => {
        const problem = missing ? 'is missing' : message.replace(/^Invalid input: /, '');
        return { path, problem, fix: `write it as ${manual} says` };
      }),
    ...unknown.map((path): Flaw => {
      const meant = misspelt.get(path)?.at(-1);
      const fix =
        meant === undefined
          ? `take it out, or write one of ${keysAt(schema, path.slice(0, -1)).join(', ')}`
          : `write ${meant}, which is missing here`;
      return { path, key: true, problem: 'is a key that nobody reads', fix };
    }),
  ];
  const rest = schema.safeParse(without(data, unknown));
  return { value: rest.success ? rest.data : undefined, flaws };
}

/** The one unknown key of an object is taken for the one that it misses. */
function pairedUp(unknown: readonly Path[], missing: readonly Path[]): ReadonlyMap<Path, Path> {
  return new Map(
    unknown.flatMap((path) => {
      const unknownHere = unknown.filter((other) => isBeside(other, path));
      const missingHere = missing.filter((other) => isBeside(other, path));
      return unknownHere.length === 1 && missingHere.length === 1 ? [[path, missingHere[0]!]] : [];
    }),
  );
}

const isBeside = (one: Path, other: Path): boolean =>
  one.slice(0, -1).join('\n') === other.slice(0, -1).join('\n');

function has(data: unknown, path: Path): boolean {
  let at = data;
  return path.every((part) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false;
    at = (at as Record<string | number, unknown>)[part];
    return true;
  });
}

function without(data: unknown, paths: readonly Path[]): unknown {
  const copy: unknown = structuredClone(data);
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce<unknown>((node, part) => (node as never)[part], copy);
    delete (parent as Record<string, unknown>)[String(path.at(-1))];
  }
  return copy;
}

/** The keys that an object of the schema may have. */
function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let at: unknown = schema;
  for (const part of path) {
    if (at instanceof z.ZodOptional) at = at.unwrap();
    if (at instanceof z.ZodObject) at = at.shape[part];
    else if (at instanceof z.ZodArray) at = at.element;
  }
  if (at instanceof z.ZodOptional) at = at.unwrap();
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
