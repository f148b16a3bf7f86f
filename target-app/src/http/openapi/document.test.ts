import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openapiDocument } from '../../shop-endpoints.ts';

it('is what is committed: run `pnpm generate` after a change', async () => {
  const committed = await readFile(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(openapiDocument())));
});

it('describes every operation with its parameters, its answers and the problems it can have', () => {
  const { paths } = openapiDocument() as { paths: { '/orders': { post: Operation } } };
  const checkout = paths['/orders'].post;
  expect(checkout.parameters.map((parameter) => parameter.name)).toEqual([
    'X-Customer',
    'Idempotency-Key',
    'X-Consistency-Token',
  ]);
  expect(Object.keys(checkout.responses)).toEqual(
    expect.arrayContaining(['201', '400', '401', '402', '409', '422', '503', '504']),
  );
  expect(checkout.responses['409'].description).toContain('idempotency-key-in-flight');
});

interface Operation {
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: { readonly '409': { readonly description: string } };
}
