import fc from 'fast-check';
import { bodyOf, type WireBody } from './body.ts';
import { fromSchema, junk } from './from-schema.ts';
import { type Operation, operations, type Parameter } from './operations.ts';

/** One request as it goes over the wire, but for the names that earlier answers told. */
export interface FuzzRequest {
  /** The operation that it was made from. */
  readonly operation: Operation;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: WireBody | undefined;
  /** Which of the orders known by then its names mean. */
  readonly story: number;
}

const text = (value: unknown): string =>
  typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value);

/** Mostly what the parameter takes, now and then anything else, left out, or in a strange encoding. */
function parameterValue(parameter: Parameter): fc.Arbitrary<string | undefined> {
  const good = fromSchema(parameter.schema).map(text);
  return fc.oneof(
    { weight: 10, arbitrary: parameter.required ? good : fc.option(good, { nil: undefined }) },
    junk.map(text),
    fc.constant(undefined),
  );
}

/** Keeps the marks of known names readable; the rest may be encoded well, badly or not at all. */
const encodings: readonly ((value: string) => string)[] = [
  (value) => (value.startsWith('{') ? value : encodeURIComponent(value)),
  (value) => (value.startsWith('{') ? value : encodeURIComponent(value)),
  (value) => (value.startsWith('{') ? value : encodeURIComponent(value)),
  (value) => `${encodeURIComponent(value.slice(0, 20).toWellFormed())}%00`,
  (value) => `${encodeURIComponent(value.slice(0, 20).toWellFormed())}%E0%A4%A`,
  (value) => `%2e%2e%2f${encodeURIComponent(value.slice(0, 20).toWellFormed())}`,
];

/** A header's value holds no line break and nothing above Latin-1: a client could not send it. */
const headerValue = (value: string): string =>
  value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 3000);

type Headers = readonly (readonly [string, string])[];

const oddHeaders: fc.Arbitrary<Headers> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Headers>([]) },
  fc.constantFrom<Headers>(
    [['X-Customer', 'c-9']],
    [['Idempotency-Key', 'second']],
    [['Host', 'evil.example']],
    [['Accept', 'text/html;q=0.1, application/xml']],
    [['Accept-Encoding', 'br;q=1, *;q=0']],
    [['Expect', '100-continue']],
    [['Expect', '200-ok']],
    [['Traceparent', '00-zz-1-ff']],
    [['Traceparent', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-01`]],
    [['If-None-Match', '*']],
    [['Range', 'bytes=0-1']],
    [['X-HTTP-Method-Override', 'DELETE']],
    [['Cookie', 'a=b; '.repeat(200)]],
    [['X-Big', 'x'.repeat(17_000)]],
    [['Content-Length', '7']],
    [['Transfer-Encoding', 'identity']],
    [['Upgrade', 'websocket']],
  ),
);

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND'];

function requestOf(operation: Operation): fc.Arbitrary<FuzzRequest> {
  const values = Object.fromEntries(
    operation.parameters.map((parameter) => [parameter.name, parameterValue(parameter)]),
  );
  return fc
    .record({
      values: fc.record(values),
      encode: fc.constantFrom(...encodings),
      method: fc.oneof({ weight: 20, arbitrary: fc.constant(operation.method) }, fc.constantFrom(...methods)),
      more: fc.oneof(
        { weight: 12, arbitrary: fc.constant('') },
        fc.constantFrom('?', '?a', '&limit=1&limit=2', '&__proto__=1', '#x', '/', '//'),
      ),
      body: operation.body === undefined ? fc.constant(undefined) : bodyOf(operation.body),
      odd: oddHeaders,
      story: fc.nat({ max: 1000 }),
    })
    .map(({ values: given, encode, method, more, body, odd, story }) => {
      const of = (place: Parameter['in']) =>
        operation.parameters.flatMap(({ name, in: where }) => {
          const value = given[name];
          return where === place && value !== undefined ? [[name, value] as const] : [];
        });
      const path = of('path').reduce(
        (done, [name, value]) => done.replace(`{${name}}`, () => encode(value)),
        operation.path,
      );
      const query = of('query')
        .map(([name, value]) => `${name}=${encode(value)}`)
        .join('&');
      return {
        operation,
        method,
        target: `${path}${query === '' ? '' : `?${query}`}${more}`,
        headers: [
          ...of('header').map(([name, value]) => [name, headerValue(value)] as const),
          ...(body?.headers ?? []),
          ...odd,
        ],
        body,
        story,
      };
    });
}

/** The oftener, the more must come together for it to be accepted: a body, and something made before. */
function weightOf({ method, path, body }: Operation): number {
  const names = path.includes('{') ? 3 : 1;
  return method === 'GET' ? names : body === undefined ? 2 : 4 * names;
}

export const anyRequest: fc.Arbitrary<FuzzRequest> = fc.oneof(
  ...operations.map((operation) => ({ weight: weightOf(operation), arbitrary: requestOf(operation) })),
);
