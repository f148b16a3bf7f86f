import type { GoSource } from './component.ts';

/** Flags of `go build`: no path and no time of this machine in the result. `readonly`: the committed go.mod and go.sum decide. */
export function goFlags(source: Pick<GoSource, 'tags' | 'ldflags'>): readonly string[] {
  return [
    '-mod=readonly',
    '-trimpath',
    '-buildvcs=false',
    `-tags=${source.tags}`,
    `-ldflags=${['-s -w', source.ldflags].filter(Boolean).join(' ')}`,
  ];
}
