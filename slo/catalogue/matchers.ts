/** `operation=~"browse|search"` */
export interface Matcher {
  readonly label: string;
  readonly operator: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** Pure: the metric and the matchers of `name{a="b",c=~"d|e"}`. */
export function readMatchers(selector: string): {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
} {
  const [metric = ''] = selector.split('{');
  const pairs = selector.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g);
  return {
    metric: metric.trim(),
    matchers: [...pairs].map(([, label, operator, value]) => ({
      label: label!,
      operator: operator as Matcher['operator'],
      value: value!,
    })),
  };
}

/** Pure: those of the known values of a label that the matchers let through. Alternatives are taken as words. */
export function selectedValues<Value extends string>(
  matchers: readonly Matcher[],
  label: string,
  known: readonly Value[],
): readonly Value[] {
  return matchers
    .filter((matcher) => matcher.label === label)
    .reduce((values, { operator, value }) => {
      const named = value.split('|');
      return values.filter((one) => named.includes(one) !== operator.startsWith('!'));
    }, known);
}
