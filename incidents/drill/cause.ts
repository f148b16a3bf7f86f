/** What may be the matter with a component: the closed vocabulary of a diagnosis. */
export const causes = {
  down: 'its process has ended',
  unreachable: 'it runs, and the way to it is cut',
  slow: 'it answers late',
  failing: 'it answers with errors',
  'bad-release': 'what was rolled out does harm',
  'expired-credential': 'a key is past its time',
  'pool-exhausted': 'its connections are taken and not given back',
  'cpu-starved': 'something else has its processor',
  nothing: 'nothing is the matter',
} as const;

export type Cause = keyof typeof causes;

export const causeNames = Object.keys(causes) as readonly Cause[];

/** The component of `nothing`. */
export const noComponent = 'none';
