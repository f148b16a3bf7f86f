import { Argument, type Command, InvalidArgumentError } from 'commander';
import { type LeverOptions, leverCommand, releasesCommand } from './lever.ts';

/** What an operator can do, each with its undo. `pnpm lab promote` is older and shows more of its steps. */
export function addLevers(add: (name: string, description: string) => Command): void {
  const lever = (name: string, description: string) =>
    add(name, description).option('--json', 'print what came of it as JSON');
  const node = 'a node of the lab';
  lever('restart', 'end a node in order, where it runs, and start it')
    .argument('<node>', node)
    .action((name: string, options: LeverOptions) => leverCommand({ lever: 'restart', node: name }, options));
  lever('drain', 'take an API out of the edge; what it has under way ends')
    .argument('<api>', node)
    .action((name: string, options: LeverOptions) => leverCommand({ lever: 'drain', node: name }, options));
  lever('undrain', 'let it in again')
    .argument('<api>', node)
    .action((name: string, options: LeverOptions) => leverCommand({ lever: 'undrain', node: name }, options));
  lever('releases', 'list the releases, and which one runs').action(releasesCommand);
  lever('deploy', 'roll a release out, one API after the other')
    .argument('<release>', 'one of `pnpm lab releases`')
    .action((release: string, options: LeverOptions) => leverCommand({ lever: 'deploy', release }, options));
  lever('rollback', 'go back to the release before').action((options: LeverOptions) =>
    leverCommand({ lever: 'rollback' }, options),
  );
  lever('read-only', 'customers look around and change nothing')
    .addArgument(onOff())
    .action((to: OnOff, options: LeverOptions) => leverCommand({ lever: 'read-only', to }, options));
  lever('payment-fallback', 'accept orders now, take their money later')
    .addArgument(onOff())
    .action((to: OnOff, options: LeverOptions) => leverCommand({ lever: 'payment-fallback', to }, options));
  lever('shed-load', 'turn a share of all requests away, who looks around before who buys')
    .addArgument(new Argument('<share>', '0.1 to 1, or off').argParser(parseShare))
    .action((share: number, options: LeverOptions) => leverCommand({ lever: 'shed-load', share }, options));
  lever('rotate', 'put another credential in the place of one, without a gap')
    .addArgument(new Argument('<credential>', 'which').choices(['payment-key']))
    .action((credential: 'payment-key', options: LeverOptions) =>
      leverCommand({ lever: 'rotate', credential }, options),
    );
}

type OnOff = 'on' | 'off';
const onOff = () => new Argument('<switch>', 'on or off').choices(['on', 'off']);

function parseShare(text: string): number {
  const share = text === 'off' ? 0 : Number(text);
  if (share >= 0 && share <= 1 && text.trim() !== '') return share;
  throw new InvalidArgumentError('Allowed choices are a share from 0 to 1, off');
}
