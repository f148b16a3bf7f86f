import { FiredrillError } from '@firedrill/errors';
import { componentByName, provisionWithProgress } from '@firedrill/provision';
import { $ } from 'zx';
import type { SlothOrigin } from './sloth-command.ts';

/** How Sloth is to be had: `auto` takes the image where the program cannot be had and Docker answers. */
export type SlothRuntime = 'auto' | 'native' | 'docker';

export const slothRuntimes: readonly SlothRuntime[] = ['auto', 'native', 'docker'];

/** @throws {FiredrillError} `component-unavailable`. */
export async function findSloth(runtime: SlothRuntime): Promise<SlothOrigin> {
  if (runtime === 'docker') return inDocker();
  try {
    const sloth = (await provisionWithProgress(['sloth'])).get('sloth')!;
    return { kind: 'native', path: sloth.bin('sloth') };
  } catch (error) {
    if (runtime === 'native' || !(error instanceof FiredrillError) || !(await dockerAnswers())) throw error;
    return inDocker();
  }
}

async function inDocker(): Promise<SlothOrigin> {
  if (!(await dockerAnswers())) {
    throw new FiredrillError('component-unavailable', 'no Docker daemon answers', {
      where: '--runtime docker',
      fix: 'start Docker, or leave --runtime out',
    });
  }
  // The output must be its caller's to read and to delete.
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  return { kind: 'docker', image: componentByName('sloth').image, user };
}

async function dockerAnswers(): Promise<boolean> {
  const question = $({ quiet: true, nothrow: true, timeout: 5000 });
  return (await question`docker version --format ${'{{.Server.Version}}'}`).exitCode === 0;
}
