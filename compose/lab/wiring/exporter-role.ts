/** The role by which exporters ask PostgreSQL and PgBouncer: it reads statistics and no table of the shop. */
export const exporterRole = 'exporter';
