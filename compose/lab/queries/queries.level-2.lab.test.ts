import { expectStatements } from '../testing/tells-statements.ts';

expectStatements(2);
