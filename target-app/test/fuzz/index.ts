export { type FuzzSummary, fuzz } from './fuzz.ts';
export { patientShop } from './patient-shop.ts';
