export { type Comparison, comparisonSchema } from './comparison-result.ts';
export { drawComparison } from './draw-comparison.ts';
export { conditionsText, holdProblem, rowHead, rowLabel, rowWords } from './row-words.ts';
