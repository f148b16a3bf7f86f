import { FiredrillError } from '@firedrill/errors';
import { Pager } from '../pager/pager.ts';

// Notes on the first incident, as fast as it goes, and says each one when the pager has taken it: until it is killed.
const [folder = '', name = ''] = process.argv.slice(2);
const pager = Pager.open(folder);

/** What a machine that starves another command makes the pager refuse was never said, and is tried again. */
function unlessBusy<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FiredrillError && error.code === 'lab-busy') return undefined;
    throw error;
  }
}

unlessBusy(() => pager.refresh());
for (let number = 1; ; number += 1) {
  const text = `${name}-${number}`;
  const incident = unlessBusy(() =>
    pager.act(pager.incidents()[0]!.id, { kind: 'note', text }, { by: name }),
  );
  if (incident !== undefined) process.stdout.write(`${text} ${incident.revision}\n`);
}
