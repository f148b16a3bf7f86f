/** One generated part of the repository: what makes it and where it lands. `pnpm check` runs each and fails on a difference. */
export interface Generator {
  readonly name: string;
  /** Arguments to `node`, from the checkout's folder. */
  readonly command: readonly string[];
  /** Committed files or folders, from the checkout's folder. */
  readonly paths: readonly string[];
}

export const generators: readonly Generator[] = [
  {
    name: 'SLO rules',
    command: ['bin/slo.mjs', 'generate'],
    paths: ['slo/specs', 'slo/generated', 'docs/sla.md'],
  },
  {
    name: 'dashboards',
    command: ['bin/dashboards.mjs', 'generate'],
    paths: ['dashboards/grafana'],
  },
  {
    name: 'Compose files',
    command: ['compose/lab/render/compose/generate-main.ts'],
    paths: ['compose/level-1', 'compose/level-2', 'compose/level-3', 'compose/level-4'],
  },
  {
    name: 'OpenAPI document',
    command: ['target-app/src/http/openapi/generate-main.ts', 'docs/openapi.json'],
    paths: ['docs/openapi.json'],
  },
  {
    name: 'verdict schema',
    command: ['chaos/report/generate-main.ts'],
    paths: ['chaos/report/verdict.schema.json'],
  },
  {
    name: 'experiment schema',
    command: ['chaos/experiments/generate-main.ts'],
    paths: ['chaos/experiments/experiment.schema.json'],
  },
  {
    name: 'suite schema',
    command: ['chaos/suite/generate-main.ts'],
    paths: ['chaos/suite/suite.schema.json'],
  },
  {
    name: 'error codes',
    command: ['bin/project/error-codes-page.ts', 'docs/errors.md'],
    paths: ['docs/errors.md'],
  },
  {
    name: 'examples in the documentation',
    command: ['bin/project/source-blocks.ts'],
    paths: ['docs/experiments.md'],
  },
  {
    name: 'measured figures',
    command: ['bin/project/readme-tables.ts'],
    paths: ['README.md', 'docs/images/compare.svg'],
  },
  {
    name: 'measured figures of the levels',
    command: ['bin/project/levels-tables.ts'],
    paths: ['docs/levels.md'],
  },
  {
    name: 'measured figures of the lab in containers',
    command: ['bin/project/docker-tables.ts'],
    paths: ['docs/docker.md'],
  },
  {
    name: 'measured figures of the detection',
    command: ['bin/project/detection-tables.ts'],
    paths: ['docs/detection.md'],
  },
  {
    name: 'catalogue of faults, measured kills',
    command: ['bin/project/faults-tables.ts'],
    paths: ['docs/faults.md'],
  },
  {
    name: 'measured figures of the runbooks',
    command: ['bin/project/runbooks-tables.ts'],
    paths: ['runbooks/README.md'],
  },
  {
    name: 'measured figures of the drills',
    command: ['bin/project/drills-tables.ts'],
    paths: ['docs/drills.md'],
  },
  {
    name: 'measured figures of the post-incident reports',
    command: ['bin/project/incident-report-tables.ts'],
    paths: ['docs/post-incident.md'],
  },
  {
    name: 'measured figures of the dash',
    command: ['bin/project/dash-tables.ts'],
    paths: ['docs/dash.md'],
  },
  {
    name: 'measured figures of the checker',
    command: ['bin/project/integrity-tables.ts'],
    paths: ['docs/integrity.md'],
  },
];
