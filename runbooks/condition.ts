/** What a query or a command of a runbook answered. */
export type Answer =
  /** One row per series, as Prometheus and Loki answer an instant query. */
  | { readonly kind: 'rows'; readonly rows: readonly AnswerRow[] }
  /** What a command printed. */
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing was to be had. */
  | { readonly kind: 'none'; readonly why: string };

export interface AnswerRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const comparisons = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
} as const;
type Comparison = keyof typeof comparisons;

/** An answer that a runbook foresees, in words that a person reads, too. */
export type Condition =
  /** `no row`, `a row`, `rows > 1` */
  | { readonly kind: 'rows'; readonly comparison: Comparison; readonly count: number }
  /** `any > 0.1`, `all < 0.05`: `all` wants at least one row, and NaN is neither more nor less than anything. */
  | {
      readonly kind: 'values';
      readonly of: 'any' | 'all';
      readonly comparison: Comparison;
      readonly value: number;
    }
  /** says \`NODE down\`: whole words one after the other on a line; a word in capitals stands for any name. */
  | { readonly kind: 'says'; readonly words: readonly string[] }
  /** Whatever none of the lines above has foreseen. */
  | { readonly kind: 'else' };

/** What is known by name after an answer: labels of the row that was meant, or words in capitals. */
export type Bindings = Readonly<Record<string, string>>;

const comparisonPattern = '(<=|>=|!=|<|>|=)';
const numberPattern = '(-?\\d+(?:\\.\\d+)?)';
const rowsPattern = new RegExp(`^rows ${comparisonPattern} ${numberPattern}$`);
const valuesPattern = new RegExp(`^(any|all) ${comparisonPattern} ${numberPattern}$`);

/** Pure: `undefined` for words that are no condition. */
export function parseCondition(text: string): Condition | undefined {
  const words = text.trim();
  if (words === 'else') return { kind: 'else' };
  if (words === 'no row') return { kind: 'rows', comparison: '=', count: 0 };
  if (words === 'a row') return { kind: 'rows', comparison: '>', count: 0 };
  const rows = rowsPattern.exec(words);
  if (rows !== null) return { kind: 'rows', comparison: rows[1] as Comparison, count: Number(rows[2]) };
  const values = valuesPattern.exec(words);
  if (values !== null) {
    const [, of, comparison, value] = values;
    return {
      kind: 'values',
      of: of as 'any' | 'all',
      comparison: comparison as Comparison,
      value: Number(value),
    };
  }
  const says = /^says `([^`]+)`$/.exec(words);
  return says === null ? undefined : { kind: 'says', words: (says[1] ?? '').split(' ') };
}

/** Pure: what is bound when the answer is as foreseen; `undefined` when it is not. */
export function holds(condition: Condition, answer: Answer): Bindings | undefined {
  switch (condition.kind) {
    case 'else':
      return {};
    case 'rows': {
      if (answer.kind !== 'rows') return undefined;
      const { rows } = answer;
      return comparisons[condition.comparison](rows.length, condition.count)
        ? (rows[0]?.labels ?? {})
        : undefined;
    }
    case 'values': {
      if (answer.kind !== 'rows') return undefined;
      const fits = ({ value }: AnswerRow) => comparisons[condition.comparison](value, condition.value);
      const { rows } = answer;
      const meant = condition.of === 'any' ? rows.find(fits) : rows.length > 0 && rows.every(fits) && rows[0];
      return meant === undefined || meant === false ? undefined : meant.labels;
    }
    case 'says':
      return answer.kind === 'text' ? said(condition.words, answer.text) : undefined;
  }
}

const isPlaceholder = (word: string): boolean => /^[A-Z]{2,}$/.test(word);

function said(words: readonly string[], text: string): Bindings | undefined {
  const names = words.filter(isPlaceholder);
  const escaped = words.map((word) =>
    isPlaceholder(word) ? '(\\w[\\w.-]*)' : word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
  );
  // A word that stands for any is a whole one.
  const begin = isPlaceholder(words[0] ?? '') ? '(?:^|\\s)' : '';
  const end = /\w$/.test(words.at(-1) ?? '') ? '(?![\\w-])' : '';
  const found = new RegExp(begin + escaped.join('[^\\S\\n]+') + end, 'm').exec(text);
  if (found === null) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']));
}
