/** Texts of the client apps. */
const en = {
  title: 'Apps',
  intro:
    'Services with a sign-in window have to know this Millwright. Enter its client at each service once; then everybody who builds workflows only presses Connect.',
  forbiddenTitle: 'You may not see the client apps',
  empty: { title: 'No app needs this', text: 'None of the installed apps has a sign-in window.' },
  ready: 'Ready',
  missing: 'Not set up',
  notEntered: 'Nobody can connect yet',
  enteredBy: '{{name}}, {{time}}',
  somebody: 'Somebody who has left',
  enter: 'Set up',
  enterNamed: 'Set up {{app}}',
  change: 'Change',
  changeNamed: 'Change {{app}}',
  remove: 'Remove the client app of {{app}}',
  removeTitle: 'Remove the client app of {{app}}?',
  removeBody:
    'Connections to {{app}} cannot be renewed any more: their runs will wait for a person. Nobody can connect until it is entered again.',
  removeAction: 'Remove',
  removeDone: 'The client app of {{app}} is removed',
  form: {
    title: 'Client app of {{app}}',
    intro: 'You do this once for the whole install. It takes about five minutes at {{app}}.',
    steps: 'How to set it up',
    console: 'Register an app at {{app}}, or open the one that you have.',
    redirect: 'Enter this redirect address there, to the letter.',
    redirectUri: 'Redirect address',
    scopes: 'Allow exactly these permissions there.',
    enter: 'Copy the client ID and the client secret from there to here.',
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    secretHint: 'Stored encrypted and never shown again. Leave it empty where the service gives none.',
    kept: 'stored; enter to replace',
    keptHint: 'Leave it empty to keep the stored one.',
    missing: 'Enter the client ID.',
    save: 'Save',
    done: '{{app}} can be connected now',
  },
  events: {
    step: 'For triggers: enter this address of events there, once for all accounts.',
    place: 'There: {{place}}',
    address: 'Address of events',
    enter: 'Copy the client ID, the client secret and the {{secret}} from there to here.',
    secretHint: 'Proves that events come from {{app}}. Only triggers need it.',
    none: 'Nothing came yet.',
    taken_one: '{{count}} event came, {{when}}.',
    taken_other: '{{count}} events came, the last {{when}}.',
    dropped_one: '{{count}} of them is of an account to which no live workflow listens: it was dropped.',
    dropped_other: '{{count}} of them are of accounts to which no live workflow listens: they were dropped.',
    refused_one:
      '{{count}} delivery was refused, {{when}}: it was not signed with the secret that is entered here, or came too late. Compare it with {{app}}.',
    refused_other:
      '{{count}} deliveries were refused, the last {{when}}: they were not signed with the secret that is entered here, or came too late. Compare it with {{app}}.',
  },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly clientApps: typeof en;
  }
}
