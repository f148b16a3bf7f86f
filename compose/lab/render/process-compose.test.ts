import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { plainContext } from '../testing/plain-context.ts';
import { wireLevel } from '../wiring/wire-level.ts';
import { renderProcessCompose } from './process-compose.ts';
import { shellCommand } from './shell.ts';

describe('renderProcessCompose', () => {
  it('renders a process with what it waits for', () => {
    const rendered = renderProcessCompose({ home: '/lab', labId: 'id-l1' }, [
      {
        name: 'api-1',
        files: [],
        preparations: [],
        argv: ['/bin/node', "it's", 'a $HOME'],
        env: { PORT: '20000' },
        probe: { kind: 'http', port: 20_000, path: '/readyz' },
        dependsOn: { migrate: 'completed' },
      },
    ]);
    expect(rendered).toMatchInlineSnapshot(`
      "version: "0.5"
      is_strict: true
      disable_env_expansion: true
      log_level: info
      shell:
        shell_command: /bin/sh
        shell_argument: -c
      processes:
        api-1:
          command: exec >>/lab/logs/api-1.log 2>&1; exec /bin/node 'it'\\''s' 'a $HOME'
          working_dir: /lab/api-1
          environment:
            - PORT=20000
            - FIREDRILL_LAB=id-l1
            - FIREDRILL_NODE=api-1
          availability:
            restart: no
          shutdown:
            signal: 15
            timeout_seconds: 2
          depends_on:
            migrate:
              condition: process_completed_successfully
      "
    `);
  });

  it('gives every process of a level its mark, its folder and no restart', () => {
    const context = plainContext();
    const { processes } = parse(renderProcessCompose(context.state, wireLevel(context)));
    for (const [name, rendered] of Object.entries<Record<string, unknown>>(processes)) {
      expect(rendered.environment, name).toContain('FIREDRILL_LAB=00000000-l1');
      expect(rendered.environment, name).toContain(`FIREDRILL_NODE=${name}`);
      expect(rendered.working_dir, name).toBe(`/lab/${name}`);
      expect(rendered.availability, name).toEqual({ restart: 'no' });
      expect(rendered.command, name).toMatch(/^exec >>\S+ 2>&1; exec /);
    }
  });

  it('renders the same from the same', () => {
    const once = () => renderProcessCompose(plainContext().state, wireLevel(plainContext()));
    expect(once()).toBe(once());
  });
});

describe('shellCommand', () => {
  it('keeps every word whole', async () => {
    const { execFileSync } = await import('node:child_process');
    const words = ['plain', 'two words', "quo'te", '$HOME', '`id`', '', '"', 'a\nb', ';', '*'];
    const script = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const command = shellCommand([process.execPath, '-e', script, '--', ...words]);
    expect(JSON.parse(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }))).toEqual(words);
  });
});
