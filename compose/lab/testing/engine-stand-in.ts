import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
}

interface EngineStandIn {
  readonly socket: string;
  /** `DELETE /networks/n1`, in the order in which they came; without what is filtered by. */
  readonly asked: readonly string[];
}

/**
 * Listens where an engine of Docker would, until the test has ended: none can be started where the unit tests run.
 * @param answer to `GET /version` and so on, and to the filters of a list, by default `{}`; `hang`: the question is taken and never
 * answered.
 */
export async function engineStandIn(
  answer: (question: string, filters: string) => Answer | 'hang' = () => ({}),
): Promise<EngineStandIn> {
  const folder = mkdtempSync(join(tmpdir(), 'firedrill-engine-'));
  const socket = join(folder, 's');
  const asked: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://docker');
    const question = `${method} ${pathname}`;
    asked.push(question);
    const said = answer(question, searchParams.get('filters') ?? '');
    if (said === 'hang') return;
    const { status = 200, body = {} } = said;
    response.writeHead(status).end(status === 204 ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { socket, asked };
}

/** Of the service of the same name. */
const containerOf = (Id: string) => ({ Id, Labels: { 'com.docker.compose.service': Id }, State: 'created' });

/** An engine in which a project has these containers, networks and no volumes, until they are removed. */
export function holding(project: {
  readonly containers: Set<string>;
  readonly networks: Set<string>;
}): (question: string) => Answer {
  return (question) => {
    const [method, path = ''] = question.split(' ');
    const [, kind, id = ''] = path.split('/');
    if (method === 'DELETE') {
      (kind === 'containers' ? project.containers : project.networks).delete(id);
      return { status: 204 };
    }
    if (path === '/containers/json') {
      return { body: [...project.containers].map(containerOf) };
    }
    if (path === '/networks') return { body: [...project.networks].map((Id) => ({ Id })) };
    if (path === '/volumes') return { body: { Volumes: null } };
    return {};
  };
}
