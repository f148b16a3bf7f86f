import type { z } from 'zod';

/** What is wrong with data that somebody wrote, in the words of whoever wrote it. */
export interface Flaw {
  /** `timeline[0].durationMs`; empty for the whole. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string | undefined;
}

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Pure: the first flaw that zod found. @param schema what was asked, to name the fields that there are. */
export function firstFlaw(error: z.ZodError, schema: z.ZodType): Flaw {
  const [issue] = error.issues as [Issue, ...Issue[]];
  const more = error.issues.length === 1 ? '' : ` (and ${error.issues.length - 1} more)`;
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, issue.path);
    return {
      field: fieldName([...issue.path, issue.keys[0] ?? '']),
      problem: `there is no such field${more}`,
      fix: known.length === 0 ? undefined : `use one of ${known.join(', ')}`,
    };
  }
  return { field: fieldName(issue.path), problem: `${problemOf(issue)}${more}`, fix: fixOf(issue) };
}

/** `timeline[0].on` */
export const fieldName = (path: Path): string =>
  path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');

/** How zod's own messages begin; a schema's own say what to do instead. */
const zods = /^(Invalid|Too|Unrecognized) [\w ]+(: )?/;

const isMissing = (issue: Issue): boolean =>
  issue.code === 'invalid_type' && issue.message.endsWith('received undefined');

function problemOf(issue: Issue): string {
  if (isMissing(issue)) return 'it is missing';
  // "Too small: expected …": the second half says it all.
  return zods.test(issue.message) ? issue.message.replace(zods, '') || issue.message : 'it does not fit';
}

function fixOf(issue: Issue): string | undefined {
  if (!zods.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue) ? `add it: ${issue.expected}` : `give ${issue.expected}`;
    case 'invalid_value':
      return `use one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `give ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `give ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** The fields of the object at a path; none where the schema is no object there. */
function fieldsAt(schema: z.ZodType, path: Path): readonly string[] {
  const at = path.reduce<Definition | undefined>(
    (inner, part) => {
      const { shape, element, valueType } = unwrapped(inner);
      return shape?.[String(part)] ?? element ?? valueType;
    },
    schema as unknown as Definition,
  );
  return Object.keys(unwrapped(at).shape ?? {}).sort();
}

/** What is looked at of zod's own definitions. */
interface Definition {
  readonly def?: Definition;
  readonly shape?: Readonly<Record<string, Definition>>;
  readonly element?: Definition;
  readonly valueType?: Definition;
  readonly innerType?: Definition;
}

/** Without `optional()` and `default()`. */
function unwrapped(schema: Definition | undefined): Definition {
  const def = schema?.def ?? {};
  return def.innerType === undefined ? def : unwrapped(def.innerType);
}
