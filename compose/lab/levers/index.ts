export {
  type Lever,
  type LeverName,
  leverAlone,
  leverNames,
  leverOf,
  leverSchema,
  leverWith,
  undoOfLever,
  wordsOf,
} from './lever.ts';
export { type Release, releaseNamed, releases } from './releases.ts';
