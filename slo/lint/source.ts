import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Finding, Flaw, Path, Place } from './finding.ts';

/** A YAML file that knows where its fields stand. */
export interface YamlSource {
  readonly file: string;
  /** The document as plain data; `undefined` when it is not YAML. */
  readonly data: unknown;
  /** What is wrong with the YAML itself. */
  readonly broken: readonly Finding[];
  finding(rule: string, flaw: Flaw): Finding;
}

export function yamlSource(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const root = document.contents as Node | null;
  const finding = (rule: string, { path, key, problem, fix }: Flaw): Finding => {
    const offset = offsetOf(root, path, key);
    return { rule, ...place(lines, offset, file, fieldName(root, path)), problem, fix };
  };
  const unreadable = (offset: number, problem: string): Finding => ({
    rule: 'yaml',
    ...place(lines, offset, file, 'document'),
    problem,
    fix: 'correct the YAML',
  });
  const broken = document.errors.map(({ pos, message }) => unreadable(pos[0], message.split('\n')[0]!));
  if (broken.length > 0) return { file, data: undefined, broken, finding };
  try {
    return { file, data: document.toJS(), broken, finding };
  } catch (error) {
    // aliases that point nowhere, or to each other a million times
    return { file, data: undefined, broken: [unreadable(0, (error as Error).message)], finding };
  }
}

function place(lines: LineCounter, offset: number, file: string, field: string): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), column: Math.max(1, col), field };
}

/** A scalar's own offset unless the key is meant, else that of its key; of what is missing, the nearest that holds it. */
function offsetOf(root: Node | null, path: Path, key?: boolean): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (pair === undefined) break;
      node = pair.value;
      offset = (isScalar(node) && key !== true ? node : (pair.key as Node)).range?.[0] ?? offset;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)] as Node | undefined;
      if (item === undefined) break;
      node = item;
      offset = item.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** An item that has a name goes by it. */
function fieldName(root: Node | null, path: Path): string {
  let node: unknown = root;
  const parts = path.map((part) => {
    if (isMap(node)) node = node.get(part, true);
    else if (isSeq(node)) {
      node = node.get(part, true);
      const name: unknown = isMap(node) ? node.get('name') : undefined;
      if (typeof name === 'string') return name;
    }
    return String(part);
  });
  return parts.length === 0 ? 'document' : parts.join('.');
}
