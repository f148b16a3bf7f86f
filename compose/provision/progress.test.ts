import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { FiredrillError } from '@firedrill/errors';
import { expect, it } from 'vitest';
import type { ProvisionEvent } from './events.ts';
import { LiveBoard } from './progress-live.ts';
import { PlainBoard } from './progress-plain.ts';

const events: readonly ProvisionEvent[] = [
  { type: 'planned', name: 'loki', version: '3.7.8', how: 'go', seconds: 350 },
  { type: 'planned', name: 'postgres', version: '18.6', how: 'wheel', seconds: 6 },
  { type: 'step', name: 'postgres', text: 'downloading the wheel', fine: false },
  { type: 'step', name: 'loki', text: 'building loki', fine: false },
  { type: 'step', name: 'loki', text: 'compiling github.com/a/b', fine: true },
  { type: 'done', name: 'postgres', origin: 'wheel', seconds: 4.2 },
  {
    type: 'failed',
    name: 'loki',
    error: new FiredrillError('component-unavailable', 'loki could not be had: no network'),
  },
];

it('gives a log one line per event and none per package', async () => {
  const written: string[] = [];
  const board = new PlainBoard({ write: (text: string | Uint8Array) => written.push(String(text)) > 0 });
  for (const event of events) board.show(event);
  await board.close();
  expect(written).toEqual([
    'set-up: loki 3.7.8 (build, about 350 s)\n',
    'set-up: postgres 18.6 (download, about 6 s)\n',
    'set-up: postgres: downloading the wheel\n',
    'set-up: loki: building loki\n',
    'set-up: postgres: ready after 5 s, from wheel\n',
    'set-up: loki: failed: loki could not be had: no network\n',
  ]);
});

it('gives a terminal a live line per component, and ends', async () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
  let shown = '';
  stream.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const board = new LiveBoard(stream as unknown as NodeJS.WriteStream);
  const untilShown = (text: RegExp) =>
    expect.poll(() => stripVTControlCharacters(shown), { timeout: 30_000 }).toMatch(text);
  for (const event of events.slice(0, 5)) board.show(event);
  // What is drawn over soon must have been drawn.
  await untilShown(/loki 3\.7\.8 \(build, about 350 s\) \d+ s: compiling github\.com\/a\/b/);
  for (const event of events.slice(5)) board.show(event);
  await board.close();
  await untilShown(/postgres 18\.6 \(download, about 6 s\): ready after 5 s, from wheel/);
  await untilShown(/loki could not be had: no network/);
});

it('ends a terminal’s lines when the provision stops in the middle', async () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
  const board = new LiveBoard(stream as unknown as NodeJS.WriteStream);
  for (const event of events.slice(0, 4)) board.show(event);
  await board.close();
  await new LiveBoard(stream as unknown as NodeJS.WriteStream).close();
});
