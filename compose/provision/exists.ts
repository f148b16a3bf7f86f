import { access } from 'node:fs/promises';

/** Whether a path is there for this user. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
