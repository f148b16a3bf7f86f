import { Pager } from '../pager/pager.ts';

// Notes on the first incident, as fast as it goes, and says each one when the pager has taken it: until it is killed.
const [folder = '', name = ''] = process.argv.slice(2);
const pager = Pager.open(folder);
pager.refresh();
for (let number = 1; ; number += 1) {
  const text = `${name}-${number}`;
  const incident = pager.act(pager.incidents()[0]!.id, { kind: 'note', text }, { by: name });
  process.stdout.write(`${text} ${incident.revision}\n`);
}
