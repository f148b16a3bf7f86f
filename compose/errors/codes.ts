/**
 * Every error code of Firedrill with its exit code and its meaning. `docs/errors.md` is rendered from this table.
 *
 * Exit codes: 0 pass, 1 fail, 2 inconclusive, 3 aborted, 64 usage, 69 a component is unavailable, 70 a bug of ours.
 */
export const errorCodes = {
  usage: { exit: 64, meaning: 'The command, a flag or its value is not known, or does not fit the others.' },
  'invalid-data': {
    exit: 64,
    meaning: 'A file (spec, experiment, ledger, journal …) does not have the shape it must have.',
  },
  'component-unavailable': {
    exit: 69,
    meaning: 'A component that the lab needs could not be had on this machine.',
  },
  'platform-unsupported': {
    exit: 69,
    meaning: 'The native lab does not run on this operating system or processor.',
  },
  'user-unknown': {
    exit: 69,
    meaning:
      'The user database has no entry for the user who runs this, and PostgreSQL starts for no such user.',
  },
  'disk-full': { exit: 69, meaning: 'There is not enough free disk for what must be written.' },
  'port-taken': {
    exit: 69,
    meaning: 'A port that the lab, or a page of ours, needs is held by another process.',
  },
  'node-unhealthy': {
    exit: 69,
    meaning: 'A node of the lab did not become healthy in time; the lab was taken down.',
  },
  'lab-not-running': { exit: 69, meaning: 'The command needs a running lab and there is none.' },
  'lab-busy': { exit: 69, meaning: 'Another run or command holds this lab.' },
  halted: {
    exit: 69,
    meaning: 'Everything was halted by `pnpm chaos halt`: no run starts until `pnpm chaos resume`.',
  },
  'fault-refused': {
    exit: 64,
    meaning: 'The fault cannot be applied to this topology (unknown node or edge, unproxied crossing).',
  },
  'promotion-refused': {
    exit: 64,
    meaning:
      'This server cannot be promoted: it is the primary already, does not answer or replay, or has less than another standby.',
  },
  'lever-refused': {
    exit: 64,
    meaning: 'An operator’s lever makes no sense at this level or at this moment; nothing was changed.',
  },
  'control-failed': {
    exit: 2,
    meaning: 'A part of the lab did not do what it was told in time; nothing can be concluded.',
  },
  'heal-failed': {
    exit: 1,
    meaning: 'A fault could not be undone; the message says what is left and how to remove it.',
  },
  'run-not-found': { exit: 64, meaning: 'There is no run with this id.' },
  'incident-not-found': { exit: 64, meaning: 'There is no incident with this id.' },
  'incident-open': {
    exit: 64,
    meaning: 'The incident is not over: its report can only be made when it is resolved, or as a draft.',
  },
  'report-edited': {
    exit: 64,
    meaning:
      'A post-incident report was changed where it is not yours to change, or one of its marks is damaged. Nothing was overwritten.',
  },
  'not-writable': { exit: 64, meaning: 'A file or folder that was named cannot be written.' },
  'act-refused': {
    exit: 64,
    meaning:
      'The incident does not take this act: it is resolved, acknowledged already, or somebody else acted meanwhile. Nothing was changed.',
  },
  'drill-not-running': {
    exit: 69,
    meaning: 'The command needs a drill that is under way and there is none.',
  },
  'drill-refused': {
    exit: 64,
    meaning:
      'The drill does not take this: it is resolved, somebody else was first, or something must come before. Nothing was changed.',
  },
  aborted: { exit: 3, meaning: 'The run was stopped before its end; the faults were healed.' },
  internal: { exit: 70, meaning: 'A bug in Firedrill.' },
} as const satisfies Record<string, { readonly exit: number; readonly meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;
