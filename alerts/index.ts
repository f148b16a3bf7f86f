export {
  type AlertmanagerOptions,
  alertmanagerConfig,
  groupIntervalMs,
  groupWaitMs,
  heartbeatMs,
} from './alertmanager.ts';
export { blackboxConfig, readinessModule } from './blackbox.ts';
export {
  type Incident,
  type IncidentAlert,
  type IncidentLog,
  type IncidentNotification,
  incidentsOf,
  noIncidents,
  withNotification,
} from './incident.ts';
export { knownAlerts } from './known-alerts.ts';
export { logRules, logRulesFile, logRulesMs } from './log-rules.ts';
export { type Notification, notificationSchema } from './receiver/notification.ts';
export { runReceiver } from './receiver/run-receiver.ts';
export { watchdogMissing } from './receiver/watchdog.ts';
export { handWrittenRuleFiles, prometheusAlertFlags, prometheusRuleFiles } from './rule-files.ts';
export {
  isSilencedBy,
  matchersText,
  type Silence,
  silenceSchema,
} from './silences/silence.ts';
export { Silences } from './silences/silences.ts';
