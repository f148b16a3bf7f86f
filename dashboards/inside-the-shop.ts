import { ticketFires } from './annotations.ts';
import { apis } from './inside/apis.ts';
import { books } from './inside/books.ts';
import { cluster } from './inside/cluster.ts';
import { database } from './inside/database.ts';
import { edge } from './inside/edge.ts';
import { machine } from './inside/machine.ts';
import { pool } from './inside/pool.ts';
import { processes } from './inside/processes.ts';
import { replication } from './inside/replication.ts';
import type { Dashboard } from './panel.ts';

/** From the users inwards, in the order in which somebody looks for the cause of a page. */
export const insideTheShop: Dashboard = {
  uid: 'inside-the-shop',
  title: 'Inside the shop',
  description:
    'Where the cause of a page is: what each part is asked, how it answers and what it waits for. A row whose title names a level is empty below it. Tickets of the rules of Prometheus are shaded.',
  variables: [{ name: 'service', label: 'Service', metric: 'up', valuesOf: 'service' }],
  annotations: [ticketFires],
  rows: [edge, apis, pool, database, replication, cluster, books, processes, machine],
};
