import { existsSync } from 'node:fs';
import { dockerEngine } from './docker-engine.ts';

/** An engine that does not tell by then is none, ms: most labs are none of Docker's. */
const tellsWithinMs = 1000;

/** Where an engine of this machine listens, as `docker` has it; `undefined`: there is none. */
function engineSocket(): string | undefined {
  // The client, too, takes an empty one for none.
  const host = process.env.DOCKER_HOST || 'unix:///var/run/docker.sock';
  const socket = host.startsWith('unix://') ? host.slice('unix://'.length) : '';
  return existsSync(socket) ? socket : undefined;
}

/** Compose's name for all that belongs to a lab. */
export const projectOf = (labId: string): string => `firedrill-${labId}`;

/**
 * Removes the containers of a lab of which no `lab.json` tells any more, where there is an engine that has some.
 * @returns whether there was anything.
 * @throws {FiredrillError} `lab-not-running` when it has some and does not remove them.
 */
export async function removeProject(labId: string): Promise<boolean> {
  const socket = engineSocket();
  if (socket === undefined) return false;
  const project = projectOf(labId);
  if (
    !(await dockerEngine(socket, tellsWithinMs)
      .has(project)
      .catch(() => false))
  )
    return false;
  await dockerEngine(socket).remove(project);
  return true;
}
