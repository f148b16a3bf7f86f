import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainState } from '../testing/plain-context.ts';
import { unhealthy } from './unhealthy.ts';

describe('unhealthy', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'firedrill-unhealthy-'));
    mkdirSync(join(home, 'logs'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const said = (log: string) => {
    writeFileSync(join(home, 'logs', 'api-1.log'), log);
    return unhealthy({ ...plainState(), home }, 'api-1', 'ended with exit code 1');
  };

  it('names the node and shows its last lines, and only those', () => {
    const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
    const line = said(lines.join('\n')).toLine();
    expect(line).toMatch(
      /^firedrill: api-1 ended with exit code 1; .*line 42 \| .* \| line 49 \[node-unhealthy\]$/,
    );
    expect(line).not.toContain('line 41');
  });

  it('says that it wrote nothing', () => {
    expect(unhealthy({ ...plainState(), home }, 'api-1', 'was not ready').toLine()).toContain(
      'it wrote no log',
    );
  });

  it('says a taken port', () => {
    const port = plainState().nodes['api-1']?.http;
    const error = said(`Error: listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    expect(error).toMatchObject({ code: 'port-taken', where: `127.0.0.1:${port}` });
  });

  it('says a full disk', () => {
    expect(said('could not write: No space left on device')).toMatchObject({
      code: 'disk-full',
      where: home,
    });
  });
});
