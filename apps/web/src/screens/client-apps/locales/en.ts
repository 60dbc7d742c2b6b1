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
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly clientApps: typeof en;
  }
}
