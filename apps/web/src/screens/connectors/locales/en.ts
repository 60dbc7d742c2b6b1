import add from './en-add.ts';
import update from './en-update.ts';

const en = {
  add,
  update,
  intro:
    'Each connector comes with a suite that was run when it was built. The badge says against what: a real server, the service’s own description of its interface, or one that was written from its public reference.',
  label: 'Connectors and what is proved of them',
  columns: {
    connector: 'Connector',
    operations: 'Operations',
    proof: 'Proved against',
    scenarios: 'Scenarios',
    requests: 'Accepted requests',
  },
  actions_one: '{{count}} action',
  actions_other: '{{count}} actions',
  triggers_one: '{{count}} trigger',
  triggers_other: '{{count}} triggers',
  badges: { live: 'Live server', contract: 'Contract', ownContract: 'Own contract', none: 'Not proved yet' },
  hints: {
    live: 'Its tests run against a real server.',
    contract: 'Every action sends a request that the service’s own description accepts.',
    ownContract: 'Every action sends a request that fits a description written from the public reference.',
    none: 'No suite has proved it. Try it with test data first.',
  },
  standIn: 'Also against {{name}}, the service’s own stand-in.',
  passed: '{{passed}} of {{applicable}}',
  passedLabel: '{{passed}} of {{applicable}} scenarios passed',
  noScenarios: 'none apply',
  requests: 'Requests that the description accepted: {{count}}',
  scenariosTitle: 'The seven scenarios',
  scenarios:
    'A token that expires, a limit with a waiting time, two failures in a row, three pages, a delivery that comes twice, a forged delivery, a subscription that ends. A connector runs those that apply to it.',
  empty: 'No connectors',
  emptyNext: 'Install a node package; it appears here after the next start.',
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly connectors: typeof en;
  }
}
