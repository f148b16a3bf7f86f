const rooms = [
  // Each room may import the rooms before it (by package name), never those after it.
  ['errors', '^compose/errors/'],
  ['topology', '^compose/topology/'],
  ['provision', '^compose/provision/'],
  ['slo', '^slo/'],
  ['alerts', '^alerts/'],
  ['runbooks', '^runbooks/'],
  ['lab', '^compose/lab/'],
  ['chaos', '^chaos/'],
  ['incidents', '^incidents/'],
  ['dashboards', '^dashboards/'],
];

const wrongWay = rooms
  .map(([name, path], index) => ({
    name: `${name}-looks-only-left`,
    comment: 'Data walks one way: see docs/architecture.md.',
    severity: 'error',
    from: { path, ...(name === 'runbooks' ? { pathNot: '(\\.test\\.ts$|^runbooks/testing/)' } : {}) },
    to: { path: rooms.slice(index + 1).map(([, later]) => later) },
  }))
  .filter((rule) => rule.to.path.length > 0 && rule.name !== 'dashboards-looks-only-left');

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...wrongWay,
    {
      name: 'target-app-knows-no-chaos',
      severity: 'error',
      from: { path: '^target-app/' },
      to: { path: rooms.map(([, path]) => path) },
    },
    {
      name: 'guardian-holds-control-only',
      comment: 'The guardian must be able to undo when everything else is broken.',
      severity: 'error',
      from: { path: '^chaos/guardian/(?!testing/|.*\\.test\\.)' },
      to: {
        path: ['^slo/', '^alerts/', '^target-app/', '^chaos/(engine|experiments|faults|checks|report|load)/'],
      },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-relative-across-packages',
      comment: 'Import another package by its name, through what it exports.',
      severity: 'error',
      from: { path: '^(target-app|slo|alerts|chaos|incidents|dashboards|runbooks|compose/[^/]+)/' },
      to: {
        path: '^(target-app|slo|alerts|chaos|incidents|dashboards|runbooks|compose/[^/]+)/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|runs|generated)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
