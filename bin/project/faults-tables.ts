import { type Fault, faults, sampleOf } from '@firedrill/chaos';
import { z } from 'zod';
import { killMatrixSchema, killMatrixTable } from './kill-matrix-table.ts';
import { latestResult } from './latest-result.ts';
import { putTables } from './measured-table.ts';

/** Puts the catalogue of faults, as the code has it, and the newest kill matrix between the markers of docs/faults.md. */
const matrix = latestResult('kill-matrix', killMatrixSchema);
putTables('docs/faults.md', {
  catalogue: catalogue(),
  parameters: parameters(),
  'kill-matrix': matrix && killMatrixTable(matrix.file, matrix.result),
});

function schemaOf(fault: Fault) {
  return z.toJSONSchema(fault.params, { io: 'input' }) as {
    readonly properties?: Readonly<
      Record<string, { readonly description?: string; readonly default?: unknown }>
    >;
  };
}

function catalogue(): string {
  const rows = faults.map((fault) => {
    const { on, effects, expect } = sampleOf(fault);
    const kinds = [
      ...new Set(effects.map(({ action, undo }) => `\`${action.kind}\` → \`${undo.kind}\``)),
    ].join(', ');
    return `| \`${fault.name}\` | ${on} | ${fault.summary} | ${expect.during} | ${expect.after} | ${kinds} | \`${fault.colour}\` |`;
  });
  return [
    '| Fault | On | Does | The witness sees meanwhile | and afterwards | Action → undo | Colour |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function parameters(): string {
  const rows = faults.flatMap((fault) =>
    Object.entries(schemaOf(fault).properties ?? {}).map(([name, { description, default: preset }]) => {
      const otherwise = preset === undefined ? '–' : String(preset);
      return `| \`${fault.name}\` | \`${name}\` | ${description} | ${otherwise} |`;
    }),
  );
  return ['| Fault | Parameter | Means | Default |', '|---|---|---|---|', ...rows].join('\n');
}
