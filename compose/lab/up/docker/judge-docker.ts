/** What was found of Docker on this machine. */
export interface SeenDocker {
  /** There is a `docker` on PATH. */
  readonly client: boolean;
  /** There is an engine, and it is not for this user. */
  readonly forbidden?: boolean;
  /** The engine's version, when one answers. */
  readonly server?: string;
  /** The Compose plugin's version, when there is one. */
  readonly compose?: string;
  /** `unix:///var/run/docker.sock` */
  readonly host?: string;
  readonly rootless?: boolean;
  readonly desktop?: boolean;
}

/** Files written into compose.yaml (2.23.1), and health that is asked often at first. */
const oldestCompose = [2, 24] as const;
/** The first engine that asks for health more often at first. */
const healthEngine = [25, 0] as const;
/** Leaves that out where the engine does not know it; those before refuse the file. */
const lenientCompose = [5, 6] as const;

interface Judgement {
  readonly socket: string;
  readonly problem?: { readonly message: string; readonly fix: string };
}

/** Pure: the engine's socket, or why a lab cannot run there. */
export function judgeDocker(seen: SeenDocker): Judgement {
  const wrong = (message: string, fix: string): Judgement => ({ socket: '', problem: { message, fix } });
  if (!seen.client) return wrong('there is no `docker` on PATH', 'install Docker');
  if (seen.forbidden === true) {
    return wrong('this user may not ask the Docker engine', 'join its group (`docker`) and log in again');
  }
  if (seen.server === undefined) return wrong('no Docker daemon answers', 'start Docker');
  if (seen.compose === undefined) {
    return wrong('this Docker has no Compose', `install its plugin, ${oldestCompose.join('.')} or newer`);
  }
  if (isOlder(seen.compose, oldestCompose)) {
    return wrong(`Docker Compose ${seen.compose} is too old`, `install ${oldestCompose.join('.')} or newer`);
  }
  if (isOlder(seen.server, healthEngine) && isOlder(seen.compose, lenientCompose)) {
    return wrong(
      `the engine ${seen.server} is too old for Docker Compose ${seen.compose}`,
      `install an engine ${healthEngine[0]} or newer, or Compose ${lenientCompose.join('.')} or newer`,
    );
  }
  // The witness and the users stand on this machine, and must reach each proxy at its own address.
  if (!seen.host?.startsWith('unix://')) {
    return wrong(
      `the Docker at ${seen.host ?? 'an unknown place'} is not on this machine`,
      'unset DOCKER_HOST',
    );
  }
  if (seen.desktop === true) {
    return wrong('Docker Desktop keeps its networks to itself', 'use an engine on this machine itself');
  }
  if (seen.rootless === true) {
    return wrong('a rootless Docker keeps its networks to itself', 'use an engine that root runs');
  }
  return { socket: seen.host.slice('unix://'.length) };
}

function isOlder(version: string, [least, leastMinor]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major < least || (major === least && minor < leastMinor);
}
