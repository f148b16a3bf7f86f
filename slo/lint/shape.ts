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
  const flaws = parsed.error.issues.flatMap((issue): readonly Flaw[] => {
    const path = issue.path as Path;
    if (issue.code !== 'unrecognized_keys') {
      return [{ path, problem: issue.message, fix: `write it as ${manual} says` }];
    }
    const fix = `take it out, or write one of ${keysAt(schema, path).join(', ')}`;
    return issue.keys.map((key) => ({
      path: [...path, key],
      key: true,
      problem: 'is a key that nobody reads',
      fix,
    }));
  });
  const rest = schema.safeParse(without(data, unknown));
  return { value: rest.success ? rest.data : undefined, flaws };
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
