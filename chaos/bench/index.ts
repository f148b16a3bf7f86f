export { type LabRound, labRoundSchema } from './lab-result.ts';
export { measureLab } from './lab-round.ts';
