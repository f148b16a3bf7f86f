import type { Component, ComponentName } from './component.ts';
import { componentByName } from './components.ts';
import { cacheFolder, locate } from './locate.ts';
import type { Origin } from './located.ts';
import { probePath } from './path-probe.ts';
import { openPlace, type Place, type PlaceOptions } from './place.ts';

/** One component as `pnpm lab doctor` lists it. */
export interface DoctorEntry {
  readonly name: ComponentName;
  readonly purpose: string;
  /** The version that is there, else the one that would be had. */
  readonly version: string;
  readonly state: 'present' | 'absent';
  /** Where it is from, or would be from. */
  readonly origin: Origin;
  /** Its folder, or the one that it would get. */
  readonly path: string;
  /** How it would be had, or what to know about it. */
  readonly note: string;
}

const how = {
  wheel: 'a download by pip',
  python: 'a download by pip',
  go: 'a build by Go',
  deb: 'a download by apt-get',
} as const;

async function examine(component: Component, place: Place): Promise<DoctorEntry> {
  const { name, purpose, source, estimate } = component;
  const finding = await probePath(component, place.env, place.memory);
  const unfit =
    finding !== undefined && !finding.fits ? `PATH has ${finding.version}, which does not fit` : '';
  const there = await locate(component, place);
  if (there !== undefined) {
    return {
      name,
      purpose,
      version: there.version,
      state: 'present',
      origin: there.origin,
      path: there.home,
      note: unfit,
    };
  }
  const wanted =
    place.platform.native === 'full' ? `${how[source.kind]}, about ${estimate.seconds} s` : component.byHand;
  return {
    name,
    purpose,
    version: component.version,
    state: 'absent',
    origin: place.platform.native === 'full' ? source.kind : 'path',
    path: cacheFolder(component, place),
    note: [wanted, unfit].filter(Boolean).join('; '),
  };
}

/** Says of each component what is there and how the rest would be had. Downloads nothing and builds nothing. */
export async function doctor(
  names: readonly ComponentName[],
  options: PlaceOptions = {},
): Promise<readonly DoctorEntry[]> {
  const place = await openPlace(options);
  return Promise.all(names.map((name) => examine(componentByName(name), place)));
}

/** The entries as a plain table. */
export function doctorTable(entries: readonly DoctorEntry[]): string {
  const rows = [
    ['component', 'version', 'state', 'origin', 'path', 'note'],
    ...entries.map(({ name, version, state, origin, path, note }) => [
      name,
      version,
      state,
      origin,
      path,
      note,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
