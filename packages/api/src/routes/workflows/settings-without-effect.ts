import type { Problem, WorkflowDocument } from '@millwright/workflow';

/** Settings that documents may hold and nothing reads yet. */
const UNREAD = ['concurrency', 'retentionDays', 'businessKey'] as const;

/** Warns of settings that are kept with a document but do nothing, so that nobody counts on them. */
export function settingsWithoutEffect({ settings }: WorkflowDocument): readonly Problem[] {
  return UNREAD.filter((setting) => settings[setting] !== null).map((setting) => ({
    code: 'setting_without_effect',
    level: 'warning',
    field: `settings.${setting}`,
    text: `The setting "${setting}" is kept, but has no effect yet.`,
    hint: 'Set it to null. Runs are neither limited, swept nor named by it.',
    values: { setting },
  }));
}
