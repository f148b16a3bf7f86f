import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { statePath } from '../lab-home.ts';
import type { Sabotage } from './saboteurs.ts';

// Listens where an edge's proxy listened. Whoever started it holds it (SIGSTOP) as soon as it does: from then on the kernel
// queues two connections and lets every other one wait, as before a server that hangs with a full backlog.
type Hang = Extract<Sabotage, { readonly kind: 'hang' }> & { readonly home: string };
const { home, port } = JSON.parse(process.argv[2] ?? '{}') as Hang;
const retryMs = 5;

// Taken before it is held: never answered either.
const server = createServer(() => {});
// 1 is the least that Node passes on.
const listen = () => server.listen({ port, host: '127.0.0.1', backlog: 1 });
server.on('error', (error: NodeJS.ErrnoException) => {
  // The proxy still listens.
  if (error.code === 'EADDRINUSE') setTimeout(listen, retryMs);
  else throw error;
});
process.stdout.write('ready\n');
listen();
setInterval(() => {
  if (!existsSync(statePath(home))) process.exit(0);
}, 500);
