import { nodeUrl } from '@firedrill/lab';
import { alertWindows, formatDuration } from '@firedrill/slo';
import { readNotifications } from './alert-sources.ts';
import { AlertWatch } from './alert-watch.ts';
import type { ConductOptions } from './conduct-options.ts';

/** The alert watch of one run. On a kept lab it starts to count after the notifications that are there already. */
export async function alertWatchOf(
  options: Pick<ConductOptions, 'lab' | 'plan' | 'record'>,
): Promise<AlertWatch> {
  const { lab, plan, record } = options;
  const receiverUrl = nodeUrl(lab, 'receiver-1');
  const quickPage = alertWindows(plan.clock).pairs.find(
    (pair) => pair.severity === 'page' && pair.speed === 'quick',
  );
  return new AlertWatch({
    prometheusUrl: nodeUrl(lab, 'prometheus-1'),
    receiverUrl,
    lokiUrl: nodeUrl(lab, 'loki-1'),
    burnWindow: formatDuration(quickPage?.longSeconds ?? 60),
    service: plan.service,
    since: (await readNotifications(receiverUrl, 0)).next,
    record,
  });
}
