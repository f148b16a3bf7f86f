import { expect, it } from 'vitest';
import { openapiDocument } from '../../shop-endpoints.ts';
import { mayBeStale, readPolicies } from './read-policies.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly headers?: Readonly<Record<string, unknown>> }>>;
}

const { paths } = openapiDocument() as { paths: Record<string, { get?: Operation }> };
const reads = Object.values(paths).flatMap(({ get }) => (get === undefined ? [] : [get]));

it('says of every read of the shop where it is done', () => {
  const operations = reads.map((read) => read.operationId).filter((operation) => operation !== 'openapi');
  expect(operations.toSorted()).toEqual(Object.keys(readPolicies).toSorted());
});

it('tells callers which answers may be behind', () => {
  for (const { operationId, responses } of reads) {
    const stated = 'X-Staleness-Ms' in (responses['200']?.headers ?? {});
    expect(stated, operationId).toBe(mayBeStale(operationId));
  }
});
