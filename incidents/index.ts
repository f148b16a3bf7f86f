export { openShelf, runbookFor } from './runbook/shelf.ts';
