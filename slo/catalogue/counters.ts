import { FiredrillError } from '@firedrill/errors';

/** A term of an SLI's query: the counters that a selector names, added or taken away. */
export interface CounterTerm {
  /** `client_requests_total{job="client",…}` */
  readonly selector: string;
  readonly sign: 1 | -1;
}

const rateOfSum =
  /^\s*sum\(\s*rate\(\s*([a-zA-Z_:][\w:]*\{[^{}]*\})\s*\[\{\{\s*\.window\s*\}\}\]\s*\)\s*\)\s*$/;

/**
 * Pure: the counters behind `sum(rate(x[{{.window}}])) - sum(rate(y[{{.window}}]))`, so that events can be counted where
 * the rules only have rates; `undefined` for a query of another form.
 */
export function readCounterTerms(query: string): readonly CounterTerm[] | undefined {
  const parts = query.split(/(?<=\)\s*)(?=[+-])/);
  const terms = parts.flatMap((part): readonly CounterTerm[] => {
    const selector = rateOfSum.exec(part.replace(/^[+-]/, ''))?.[1];
    return selector === undefined ? [] : [{ selector, sign: part.startsWith('-') ? -1 : 1 }];
  });
  return terms.length === parts.length ? terms : undefined;
}

/** The same. @throws {FiredrillError} `invalid-data` for a query of another form. */
export function counterTerms(query: string, where: string): readonly CounterTerm[] {
  const terms = readCounterTerms(query);
  if (terms !== undefined) return terms;
  throw new FiredrillError('invalid-data', 'the query is no sum or difference of sum(rate(…))', {
    where,
    fix: 'write it as the other queries are, so that its events can be counted',
  });
}
