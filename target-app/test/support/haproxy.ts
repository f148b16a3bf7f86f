import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChildProgram, startChildProgram } from './child-program.ts';
import { haproxyBinary } from './component-binaries.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** A real HAProxy before these APIs. */
export interface Haproxy {
  readonly url: string;
  kill(): Promise<void>;
}

/** Starts it and waits until it has found every API ready. @param ports of the APIs on 127.0.0.1. */
export async function startHaproxy(folder: string, ports: readonly number[]): Promise<Haproxy> {
  const port = await freePort();
  const config = join(folder, `haproxy-${port}.cfg`);
  await writeFile(
    config,
    `
global
  maxconn 2000
  nbthread 1
defaults
  mode http
  timeout connect 500ms
  timeout queue 500ms
  timeout check 1s
  timeout http-request 5s
  timeout http-keep-alive 60s
  timeout client 10s
  timeout server 2800ms
frontend users
  bind 127.0.0.1:${port}
  default_backend shop
backend shop
  balance leastconn
  option httpchk GET /readyz
  http-check expect status 200
  retries 2
  option redispatch 1
  retry-on conn-failure empty-response
  http-request disable-l7-retry unless { method GET HEAD }
  default-server check inter 500ms fastinter 100ms downinter 200ms fall 2 rise 1 on-marked-down shutdown-sessions
${ports.map((api) => `  server api-${api} 127.0.0.1:${api}`).join('\n')}
`,
  );
  const program = startChildProgram(haproxyBinary(), ['-db', '-f', config]);
  const url = `http://127.0.0.1:${port}`;
  await eventually(() => answers(url, program), 'HAProxy to answer');
  if (program.ended) throw new Error(`HAProxy ended: ${program.output()}`);
  return { url, kill: () => program.kill() };
}

async function answers(url: string, program: ChildProgram): Promise<void> {
  if (program.ended) return;
  const response = await fetch(`${url}/livez`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`it answers ${response.status}`);
}
