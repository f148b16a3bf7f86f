export { type AlertmanagerOptions, alertmanagerConfig, groupWaitMs, heartbeatMs } from './alertmanager.ts';
export { blackboxConfig, readinessModule } from './blackbox.ts';
export { logRules, logRulesFile } from './log-rules.ts';
export { type Notification, notificationSchema } from './receiver/notification.ts';
export { watchdogMissing } from './receiver/watchdog.ts';
export { handWrittenRuleFiles, prometheusAlertFlags, prometheusRuleFiles } from './rule-files.ts';
