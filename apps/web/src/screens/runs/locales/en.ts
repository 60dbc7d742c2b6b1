/** Texts of the run list. */
const en = {
  title: 'Runs',
  live: 'Live',
  liveHint: 'New runs appear by themselves.',
  lost: 'Reconnecting…',
  lostHint: 'The list may be behind. It catches up as soon as the server is reached.',
  filters: {
    status: 'Status',
    workflow: 'Workflow',
    anyStatus: 'Any status',
    anyWorkflow: 'All workflows',
    unknownWorkflow: 'This workflow',
    clear: 'Clear the filters',
  },
  columns: { run: 'Workflow', status: 'Status', started: 'Started', duration: 'Took', outcome: 'What happened' },
  version: 'v{{version}}',
  mode: { webhook: 'by webhook', manual: 'by hand' },
  open: '{{workflow}}, {{status}}, started {{time}}',
  soFar: '{{duration}} so far',
  reason: {
    error: 'A step failed.',
    timeout: 'It took longer than allowed.',
    user: 'A person canceled it.',
    terminated: 'It was ended from outside.',
    limit: 'It reached a limit of the workspace.',
  },
  item: 'Item {{number}}: {{text}}',
  empty: {
    title: 'No run yet',
    text: 'A run starts when a published workflow is called. Publish one, then send it a test event.',
    action: 'Go to the workflows',
  },
  noMatch: { title: 'No run fits these filters', text: 'Runs that fit appear here by themselves.' },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly runs: typeof en;
  }
}
