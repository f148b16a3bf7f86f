import { z } from 'zod';
import { mayBeStale, tellsToken } from '../../data/reads/read-policies.ts';
import { tokenHeader, tokenSchema } from '../../data/session/token.ts';
import type { Endpoint } from '../endpoint.ts';
import { customerSchema, idempotencyKeySchema } from '../parse-input.ts';
import { type ProblemCode, problems } from '../problems.ts';

type Json = Record<string, unknown>;

/** Problems that every endpoint can answer with. */
const common: readonly ProblemCode[] = [
  'invalid-request',
  'internal',
  'database-unavailable',
  'busy',
  'deadline-exceeded',
];
const withBody: readonly ProblemCode[] = ['malformed-json', 'body-too-large', 'unsupported-media-type'];

/** What an operator's modes turn away. */
const switchedOn = ({ method }: Endpoint): readonly ProblemCode[] => [
  method === 'get' ? 'shed-load' : 'read-only',
];

/** The OpenAPI 3.1 document of these endpoints, made from the same schemas that requests are checked against. */
export function describeEndpoints(endpoints: readonly Endpoint[]): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Reference shop',
      version: '1',
      description: 'Errors are application/problem+json (RFC 9457).',
    },
    paths,
    components: { schemas: { Problem: problemSchema() } },
  };
}

function operation(endpoint: Endpoint): Json {
  return {
    operationId: endpoint.operation,
    summary: endpoint.summary,
    parameters: parametersOf(endpoint),
    ...(endpoint.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(endpoint.body, 'input') } },
          },
        }),
    responses: { ...answersOf(endpoint), ...problemsOf(endpoint) },
  };
}

function parametersOf({ params, query, needs, operation, method }: Endpoint): readonly Json[] {
  const header = (name: string, schema: z.ZodType, more: Json = { required: true }): Json => ({
    name,
    in: 'header',
    ...more,
    schema: jsonSchema(schema, 'input'),
  });
  return [
    ...fieldsOf('path', params),
    ...fieldsOf('query', query),
    ...(needs.customer ? [header('X-Customer', customerSchema)] : []),
    ...(needs.key ? [header('Idempotency-Key', idempotencyKeySchema)] : []),
    ...(tellsToken(operation, method)
      ? [header(tokenHeader, tokenSchema, { required: false, description: tokenSent })]
      : []),
  ];
}

function fieldsOf(place: 'path' | 'query', object: z.ZodObject | undefined): readonly Json[] {
  if (object === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(object, 'input') as {
    properties?: Record<string, unknown>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema,
  }));
}

const replayed = {
  'Idempotency-Replayed': { description: 'true when this is the stored answer.', schema: { type: 'string' } },
};

/** Only a shop that has replicas sends them. */
const staleness = {
  'X-Read-From': {
    description: 'The server that was read: `primary`, or the name of a replica.',
    schema: { type: 'string' },
  },
  'X-Staleness-Ms': {
    description: 'How far behind the primary the answer can be at most, in milliseconds.',
    schema: { type: 'integer', minimum: 0 },
  },
};

const tokenSent =
  "The token of this customer's last answer: what is read has all that it stands for, or is refused with 503.";

/** Only a shop that reads customers' own writes from replicas sends it. */
const token = {
  [tokenHeader]: {
    description:
      'How far this customer has come: `shard.timeline.lsn`, with `~` behind it where a replica was read. Send it with the next request. Of two keep the one with the greater timeline, then the greater lsn (hexadecimal, two halves), and the `~` of either.',
    schema: jsonSchema(tokenSchema, 'output'),
  },
};

function answersOf(endpoint: Endpoint): Json {
  const headers = {
    ...(endpoint.needs.key ? replayed : {}),
    ...(mayBeStale(endpoint.operation) ? staleness : {}),
    ...(tellsToken(endpoint.operation, endpoint.method) ? token : {}),
  };
  return Object.fromEntries(
    Object.entries(endpoint.answers).map(([status, schema]) => [
      status,
      {
        description: 'Done.',
        ...(Object.keys(headers).length > 0 ? { headers } : {}),
        content: { 'application/json': { schema: jsonSchema(schema, 'output') } },
      },
    ]),
  );
}

function problemsOf(endpoint: Endpoint): Json {
  const codes = new Set<ProblemCode>([
    ...endpoint.problems,
    ...common,
    ...switchedOn(endpoint),
    ...(endpoint.body === undefined ? [] : withBody),
    ...(endpoint.needs.customer ? (['customer-missing'] as const) : []),
    ...(endpoint.needs.key ? (['idempotency-key-missing'] as const) : []),
  ]);
  const byStatus = Map.groupBy([...codes].toSorted(), (code) => String(problems[code].status));
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${problems[code].title}`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function problemSchema(): Json {
  const schema = z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  });
  return jsonSchema(schema, 'output');
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
