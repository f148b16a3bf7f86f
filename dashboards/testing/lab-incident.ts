import { Pager } from '@firedrill/incidents';
import { type LabState, labName, nodeUrl, oncallFolder } from '@firedrill/lab';
import { vi } from 'vitest';

const alertname = 'CheckoutAvailability';

/** Pages of what files before broke, or of a busy machine, end within this. */
const endedMs = 180_000;

/** A page that reaches the lab's own pager as Alertmanager sends it, is acknowledged as a person does, and ends. */
export async function openLabIncident(state: LabState): Promise<void> {
  const startsAt = new Date().toISOString();
  await deliver(state, startsAt, '0001-01-01T00:00:00Z');
  const pager = Pager.open(oncallFolder(state.checkout, state.scope));
  const by = { by: 'dashboards' };
  try {
    pager.refresh();
    const paging = pager.incidents(labName(state)).find(({ status }) => status !== 'resolved');
    if (paging === undefined) throw new Error('the page opened no incident');
    if (paging.status === 'open') pager.act(paging.id, { kind: 'acknowledge' }, by);
    await deliver(state, startsAt, new Date().toISOString());
    const resolve = (): void => {
      pager.refresh();
      // It is refused while another page of the incident fires.
      pager.act(paging.id, { kind: 'resolve' }, by);
    };
    await vi.waitFor(resolve, { timeout: endedMs, interval: 500 });
  } finally {
    pager.close();
  }
}

async function deliver(state: LabState, startsAt: string, endsAt: string): Promise<void> {
  const status = endsAt.startsWith('0001') ? 'firing' : 'resolved';
  const labels = { alertname, severity: 'page' };
  const alert = { status, labels, annotations: {}, startsAt, endsAt, fingerprint: 'dashboards-test' };
  const answer = await fetch(`${nodeUrl(state, 'receiver-1')}/alerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${state.secrets.receiverToken}` },
    body: JSON.stringify({
      ...{ version: '4', groupKey: '{}:{}', status, receiver: 'pager', alerts: [alert] },
    }),
  });
  if (!answer.ok) throw new Error(`the pager answered ${answer.status}`);
}
