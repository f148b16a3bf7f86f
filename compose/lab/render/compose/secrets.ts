import { type LabState, labStateSchema } from '../../state.ts';

type Secrets = LabState['secrets'];

/** Stands for a secret while a level is wired; letters only, so that no format quotes or hashes it away. */
const markOf = (name: string): string => `__SECRET_${name}__`;

/** `postgresPassword` → `POSTGRES_PASSWORD`: the variable that Compose takes the secret from. */
export const variableOf = (name: string): string => name.replace(/[A-Z]/g, '_$&').toUpperCase();

export const secretNames = Object.keys(labStateSchema.shape.secrets.shape);

/** Every secret as its mark. */
export const markedSecrets = Object.fromEntries(secretNames.map((name) => [name, markOf(name)])) as Secrets;

export const holdsSecret = (text: string): boolean => secretNames.some((name) => text.includes(markOf(name)));

/** Text as Compose interpolates it: a `$` of its own is doubled, a secret is a variable that must be set. */
export function interpolated(text: string): string {
  return secretNames.reduce(
    (done, name) => done.replaceAll(markOf(name), `\${${variableOf(name)}:?is not set}`),
    text.replaceAll('$', '$$$$'),
  );
}
