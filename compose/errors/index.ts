export { type ErrorCode, errorCodes } from './codes.ts';
export { FiredrillError, type FiredrillErrorOptions } from './firedrill-error.ts';
export { requireLine } from './require-line.ts';
export { runMain } from './run-main.ts';
export { runProgram } from './run-program.ts';
