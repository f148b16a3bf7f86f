import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { goCaches } from './cache-layout.ts';
import { withCacheLock } from './cache-lock.ts';
import type { Component } from './component.ts';
import { componentByName } from './components.ts';
import type { ProvisionEvent } from './events.ts';
import { exists } from './exists.ts';
import { provisionComponents } from './provision.ts';
import { inPackage } from './recipe.ts';
import { goLock } from './supply-one.ts';
import { fakeComponent, helloModule, sandbox } from './test-fixture.ts';

interface Run {
  readonly child: ChildProcess;
  /** `name text` of each event. */
  readonly lines: string[];
  readonly until: (pattern: RegExp) => Promise<void>;
}

/**
 * A provision in a process of its own, which prints its events.
 * @param dieAt the beginning of a step in which it is killed.
 */
function provisionElsewhere(root: string, component: Component, dieAt?: string): Run {
  const die =
    dieAt === undefined
      ? ''
      : `if (event.text?.startsWith(${JSON.stringify(dieAt)})) process.kill(process.pid, 'SIGKILL');`;
  const code = `import { provisionComponents } from ${JSON.stringify(inPackage('provision.ts'))};
    const found = await provisionComponents([${JSON.stringify(component)}], {
      cacheRoot: ${JSON.stringify(root)},
      onEvent: (event) => {
        console.log(event.type, event.text ?? '');
        ${die}
      },
    });
    console.log('at', found.get('sloth').bin('hello'));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(line));
  const until = (pattern: RegExp): Promise<void> =>
    vi.waitFor(() => expect(lines.join('\n')).toMatch(pattern), { timeout: 240_000, interval: 20 });
  return { child, lines, until };
}

async function hello(root: string, code?: string): Promise<Component> {
  return fakeComponent(await helloModule(join(root, 'hello'), code));
}

let compiled: string;
/** With a Go: no cache of these tests has to get one. */
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  // A build that fails keeps what was compiled: Go's runtime, which is all that these programs need.
  compiled = await mkdtemp(join(tmpdir(), 'firedrill-compiled-'));
  const cacheRoot = join(compiled, 'cache');
  const go = (await provisionComponents([componentByName('go')], { cacheRoot })).get('go')?.bin('go') ?? '';
  env = { ...process.env, PATH: `${dirname(go)}${delimiter}${process.env['PATH']}` };
  const bad = fakeComponent(await helloModule(join(compiled, 'bad'), 'undefinedThing()'));
  await expect(provisionComponents([bad], { cacheRoot, env })).rejects.toThrow('undefinedThing');
});
afterAll(() => rm(compiled, { recursive: true, force: true }));

/** A folder of its own with a cache in which only the program itself is still to be compiled. */
async function warmSandbox(): Promise<string> {
  const root = await sandbox();
  await cp(goCaches(join(compiled, 'cache')).home, goCaches(join(root, 'cache')).home, { recursive: true });
  return root;
}

function builders(root: string): string[] {
  const list = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
  return list.filter((line) => line.includes(root) && /\bgo build\b/.test(line));
}

describe('a build', () => {
  it('makes a program, says what it does, and throws Go’s caches away', async () => {
    const root = await warmSandbox();
    const events: ProvisionEvent[] = [];
    const component = await hello(root);
    const found = await provisionComponents([component], {
      cacheRoot: join(root, 'cache'),
      env,
      onEvent: (event) => events.push(event),
    });
    const result = found.get('sloth');
    expect(result).toMatchObject({ origin: 'go', version: '1.2.3' });
    expect(execFileSync(result?.bin('hello') ?? '', { encoding: 'utf8', stdio: 'pipe' })).toBe('');
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['planned', 'step', 'done']));
    expect(await exists(goCaches(join(root, 'cache')).home)).toBe(false);
    expect(
      (await readdir(join(root, 'cache', 'components', 'sloth'))).filter((name) => name.startsWith('.tmp')),
    ).toEqual([]);
  });

  it('that fails names the component, the compiler’s words and the way out; the others and the work done stay', async () => {
    const root = await warmSandbox();
    const good = await hello(root);
    const bad = fakeComponent(await helloModule(join(root, 'bad'), 'undefinedThing()'), {
      name: 'jaeger',
      byHand: 'install jaeger by hand',
    });
    const options = { cacheRoot: join(root, 'cache'), env };
    const run = provisionComponents([bad, good], options);
    await expect(run).rejects.toMatchObject({
      code: 'component-unavailable',
      where: 'jaeger',
      message: expect.stringMatching(
        /jaeger 1\.2\.3 could not be had: go build \. failed: .*undefined: undefinedThing/,
      ),
      fix: 'install jaeger by hand',
    });
    expect((await provisionComponents([good], options)).get('sloth')?.origin).toBe('go');
    expect(await exists(goCaches(join(root, 'cache')).home)).toBe(true);
  });

  it('that was killed leaves nothing that the next run does not clean, and the next run works', async () => {
    const root = await warmSandbox();
    const cache = join(root, 'cache');
    const component = await hello(root);
    const killed = provisionElsewhere(cache, component, 'compiling');
    expect(await once(killed.child, 'exit')).toEqual([null, 'SIGKILL']);
    const left = await readdir(join(cache, 'components', 'sloth'));
    expect(left.some((name) => name.startsWith('.tmp-'))).toBe(true);
    const again = provisionElsewhere(cache, component);
    await again.until(/^at /m);
    expect(await readdir(join(cache, 'components', 'sloth'))).toEqual([expect.stringMatching(/^1\.2\.3-/)]);
    expect(builders(root)).toEqual([]);
    expect(await exists(goCaches(cache).home)).toBe(false);
  });

  it('is done once by two runs at the same time; whoever waits says so', async () => {
    const root = await warmSandbox();
    const cache = join(root, 'cache');
    const component = await hello(root);
    // A third one is at it until both have come.
    const both = await withCacheLock(cache, goLock, async () => {
      const runs = [provisionElsewhere(cache, component), provisionElsewhere(cache, component)] as const;
      await Promise.all(runs.map((run) => run.until(/waiting for another Firedrill/)));
      return runs;
    });
    await Promise.all(both.map((run) => run.until(/^at /m)));
    const [first, second] = both;
    for (const { lines } of both)
      expect(lines.filter((line) => /waiting for another Firedrill/.test(line))).toHaveLength(1);
    expect([...first.lines, ...second.lines].filter((line) => line === 'step building hello')).toHaveLength(
      1,
    );
    expect(first.lines.at(-1)).toBe(second.lines.at(-1));
  });

  it('is stopped by its signal, with its children', async () => {
    const root = await sandbox();
    const component = await hello(root);
    const stop = new AbortController();
    const run = provisionComponents([component], {
      cacheRoot: join(root, 'cache'),
      env,
      signal: stop.signal,
      onEvent: (event) => {
        if (event.type === 'step' && event.text.startsWith('compiling')) stop.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    expect(builders(root)).toEqual([]);
    expect(await readdir(join(root, 'cache', 'components', 'sloth'))).toEqual([]);
  });
});
