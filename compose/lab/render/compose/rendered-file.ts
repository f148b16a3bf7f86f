import { holdsSecret, interpolated } from './secrets.ts';

/** A file beside compose.yaml. */
export interface RenderedFile {
  /** From the level's folder. */
  readonly path: string;
  readonly content: string;
}

/** A file of a container: how Compose has it, and what must lie beside compose.yaml for that. */
export interface ContainerConfig {
  /** Its name among the `configs` of compose.yaml. */
  readonly name: string;
  /** Absolute, in the container. */
  readonly target: string;
  readonly definition: { readonly file: string } | { readonly content: string };
  readonly file?: RenderedFile;
}

/** Pure: a file that holds no secret lies beside compose.yaml; one that does is filled in by Compose from the environment. */
export function containerConfig(
  service: string,
  path: string,
  target: string,
  content: string,
): ContainerConfig {
  const name = `${service}.${path.replaceAll('/', '.')}`;
  if (holdsSecret(content)) return { name, target, definition: { content: interpolated(content) } };
  const file = { path: `${service}/${path}`, content };
  return { name, target, definition: { file: `./${file.path}` }, file };
}
