import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { problems } from '../../src/http/problems.ts';
import { type Operation, operations, problemSchema, type Schema } from './operations.ts';
import type { FuzzRequest } from './request.ts';
import type { RawAnswer } from './send-raw.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const compiled = new Map<Schema, ValidateFunction>();
function check(schema: Schema, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

/** What a request can be answered with before it is known which operation it means, or that it means none. */
const beforeRouting: ReadonlySet<string> = new Set([
  'bad-http',
  'headers-too-large',
  'expectation-failed',
  'request-timeout',
  'no-such-route',
  'method-not-allowed',
  'malformed-json',
  'invalid-request',
  'body-too-large',
  'unsupported-media-type',
]);

/** @returns what is wrong with the answer, by the document. */
export function violation(request: FuzzRequest, answer: RawAnswer): string | undefined {
  if (answer.status >= 500) return 'a 5xx without a fault';
  if (request.method === 'HEAD') return answer.body === '' ? undefined : 'a body where none may be';
  const meant = operationOf(request);
  if (answer.status >= 400) return problemViolation(meant, answer);
  const documented = meant?.responses[String(answer.status)];
  if (documented === undefined) return `status ${answer.status} is not documented`;
  const schema = documented.content['application/json']?.schema;
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return 'the answer is no JSON';
  const wrong = check(schema ?? {}, JSON.parse(answer.body));
  if (wrong !== undefined) return `the answer has not the documented shape: ${wrong}`;
  return acceptedAgainstSchema(meant, request);
}

/** The operation whose path and method the request has. */
export function operationOf({ method, target }: FuzzRequest): Operation | undefined {
  const path = target.split(/[?#]/, 1)[0] ?? '';
  const fits = operations.filter((one) => one.method === method && pattern(one.path).test(path));
  // A path in words goes before one with a parameter, as the shop's routes do.
  return fits.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}

const pattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`, 'i');

function problemViolation(meant: Operation | undefined, answer: RawAnswer): string | undefined {
  if (!/^application\/problem\+json/.test(answer.headers.get('content-type') ?? ''))
    return 'the error is no problem+json';
  const problem = JSON.parse(answer.body) as { status: number; code: keyof typeof problems; type: string };
  const wrong = check(problemSchema, problem);
  if (wrong !== undefined) return `the problem has not the documented shape: ${wrong}`;
  if (problem.status !== answer.status || problems[problem.code].status !== answer.status)
    return 'two statuses in one answer';
  if (problem.type !== `urn:shop:problem:${problem.code}`) return 'the type is not the code’s';
  if (beforeRouting.has(problem.code)) return undefined;
  const documented = meant?.responses[String(answer.status)]?.description ?? '';
  return documented.includes(`\`${problem.code}\``) ? undefined : `${problem.code} is not documented`;
}

/** What the document's schema refuses must not be accepted; what it takes may still be refused for another reason. */
function acceptedAgainstSchema(meant: Operation | undefined, { body }: FuzzRequest): string | undefined {
  if (meant?.body === undefined || body?.json === undefined) return undefined;
  const wrong = check(meant.body, JSON.parse(body.json));
  return wrong === undefined ? undefined : `accepted against its schema: ${wrong}`;
}
