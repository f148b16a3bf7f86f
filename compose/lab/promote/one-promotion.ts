import { whileNobodyElse } from '../control/while-nobody-else.ts';

/** Runs `work` while nobody else promotes or says who follows whom. @throws {FiredrillError} `lab-busy` */
export const onePromotion = <T>(home: string, work: () => Promise<T>): Promise<T> =>
  whileNobodyElse(home, 'promotion', work);
