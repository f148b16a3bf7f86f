import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** pino writes to stdout, so a process of its own shows what really leaves. */
async function linesOf(statement: string): Promise<readonly Record<string, unknown>[]> {
  const logger = new URL('./logger.ts', import.meta.url).href;
  const program = `import { createLogger } from ${JSON.stringify(logger)}; const log = createLogger('shop', 'api-1'); ${statement}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

it('never writes a card token, a password or a bearer token', async () => {
  const [line] = await linesOf(
    `log.info({ token: 'S', card: { token: 'S' }, request: { headers: { authorization: 'S' } }, kept: 'k' }, 'x')`,
  );
  expect(line).toMatchObject({ kept: 'k', msg: 'x', service: 'shop', node: 'api-1' });
  expect(JSON.stringify(line)).not.toContain('"S"');
});

it('writes what an error says, and not the row that it was about', async () => {
  const [line] = await linesOf(
    `log.error({ err: Object.assign(new Error('no'), { code: '23514', detail: 'Failing row contains (tok_ok)' }) })`,
  );
  expect(line).toMatchObject({ err: { type: 'Error', message: 'no', code: '23514' } });
  expect(JSON.stringify(line)).not.toContain('tok_ok');
});
