/** Environment of an api that a busy machine brings no 503: there a deadline that passes would be the machine's fault. */
export const patientShop: Readonly<Record<string, string>> = {
  SHOP_DATABASE_DEADLINE_MS: '10000',
  SHOP_PAYMENT_DEADLINE_MS: '12000',
  SHOP_REQUEST_DEADLINE_MS: '20000',
};
