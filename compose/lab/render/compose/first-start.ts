import type { Preparation, Wired } from '../../wiring/wiring.ts';
import { shellCommand } from '../shell.ts';

/** Where a container finds its files until it has put them into its own folder. */
export const configsFolder = '/configs';

/**
 * Pure: what `lab up` does natively before PostgreSQL starts, as a script: its files, then its preparations, once for the
 * life of the volume, because a server changes its folder itself (a promotion takes `standby.conf` away). Then the server.
 */
export function firstStart({ files, preparations, argv }: Wired): string {
  return `
set -eu
if [ ! -e prepared ]; then
  chown postgres:postgres .
  # What a start that was cut off has left.
  rm -rf data
${files.map(({ path, executable }) => `  install -D -o postgres -g postgres -m ${executable === true ? 700 : 600} ${configsFolder}/${path} ${path}`).join('\n')}
${preparations.map(step).join('\n')}
  # Its clients come from the proxies' address, not from 127.0.0.1.
  [ ! -e data/pg_hba.conf ] || printf 'host %s all samenet scram-sha-256\\n' all replication >>data/pg_hba.conf
  : >prepared
fi
exec ${shellCommand(argv)}
`.trimStart();
}

function step({ title, argv, stdin }: Preparation): string {
  const command = `  ${shellCommand(argv)}`;
  const input = stdin === undefined ? '' : ` <<'END'\n${stdin.trimEnd()}\nEND`;
  return `  # ${title}\n${command}${input}`;
}
