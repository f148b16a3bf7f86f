import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { askRunbook, askSnapshot, Refused } from './server.ts';

/** What the page's server answers next. */
let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = globalThis.fetch;
  // In a page an address begins at its server.
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => ask(new URL(path, page), init));
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});
const answers = (status: number, text: string): void => {
  answer = (response) => response.writeHead(status).end(text);
};

it('says of a runbook that it is not there only where the server says so, and shows it when it is', async () => {
  answers(500, 'a flaw');
  await expect(askRunbook('CheckoutLatency')).rejects.toThrow('500');
  answers(403, 'wrong token');
  await expect(askRunbook('CheckoutLatency')).rejects.toThrow('403');
  answers(404, 'nothing');
  expect(await askRunbook('CheckoutLatency')).toContain('There is no runbook of this name');
  answers(200, '<h1>CheckoutLatency</h1>');
  expect(await askRunbook('CheckoutLatency')).toBe('<h1>CheckoutLatency</h1>');
});

it('tells a refusal, which asking again does not change, from a flaw and from silence', async () => {
  answers(403, 'wrong token: open the address\n');
  await expect(askSnapshot()).rejects.toEqual(new Refused('wrong token: open the address'));
  answers(500, '{"error":"a flaw"}');
  await expect(askSnapshot()).rejects.toThrow('a flaw');
  answer = (response) => response.destroy();
  await expect(askSnapshot()).rejects.toThrow();
  answers(200, '{"level":1}');
  expect(await askSnapshot()).toEqual({ level: 1 });
});
