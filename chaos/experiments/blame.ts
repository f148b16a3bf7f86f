import { FiredrillError } from '@firedrill/errors';

/** Says in which field it was, whatever the work itself says of where. */
export const inField = <T>(field: string, work: () => T): T => blamed(() => field, work);

/** Says in which file, or in which experiment, before what the work itself says of where. */
export const inSource = <T>(source: string, work: () => T): T =>
  blamed((where) => (where === undefined ? source : `${source}: ${where}`), work);

function blamed<T>(place: (where: string | undefined) => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    // A flag is about the command line and about no file.
    if (!(error instanceof FiredrillError) || error.where?.startsWith('--')) throw error;
    throw new FiredrillError(error.code, error.message, {
      where: place(error.where),
      ...(error.fix === undefined ? {} : { fix: error.fix }),
      cause: error,
    });
  }
}
