/** Texts of connecting an app: the dialog, the service's window, and why it was refused. */
export const connect = {
  title: 'New connection',
  titleOf: 'Connect {{app}}',
  intro: {
    app: 'Choose the app that your steps will use.',
    kind: 'This app can be connected in several ways.',
    form: 'What you enter is encrypted. Secrets are never shown again, not even to you.',
    connect: 'The service asks you in a window of its own. Millwright never sees your password there.',
    test: 'The connection is saved.',
  },
  back: 'All apps',
  save: 'Save and test',
  next: 'Continue',
  later: 'Connect later',
  finish: 'Done',
  done: '{{name}} is ready',
  saved: '{{name}} is saved, but does not work yet',
};

export const choose = {
  search: 'Search apps',
  found_one: '{{count}} app found',
  found_other: '{{count}} apps found',
  ways_one: '{{count}} way to connect',
  ways_other: '{{count}} ways to connect',
  by: {
    fields: 'Enter it once; it is stored encrypted',
    window: 'Sign in at the service, in a window',
    device: 'Type a code in at the service',
  },
  noMatch: 'No app of this name is installed here.',
  none: 'No app needs a connection',
  noneText: 'Nothing that is installed here signs in anywhere. An admin can install more apps.',
};

export const consent = {
  steps: 'How to connect',
  open: 'Open the window of {{app}}.',
  connect: 'Connect {{app}}',
  accept: 'Sign in there and accept what Millwright asks for.',
  acceptAs: 'Sign in there as {{account}} and accept what Millwright asks for.',
  back: 'The window closes by itself, and you go on here.',
  openAgain: 'Open the window again',
  openHere: 'Continue in this tab',
  waiting: 'Waiting for {{app}}',
  waitingNext: 'Finish in the window within ten minutes. If you closed it, open it again.',
  cameBack: 'Nothing has come back from {{app}} yet',
  cameBackNext: 'If you closed the window, nothing was changed: open it again and finish there.',
  unverified: 'If the service warned you that the app is not verified, an admin can add you there as a test user or have the app verified.',
  blocked: 'The browser blocked the window',
  blockedNext: 'Allow windows for this page in the address bar and open it again, or continue in this tab.',
};

export const device = {
  start: 'Get a code',
  open: 'Open this page, on any device.',
  enter: 'Type this code in there, and accept.',
  back: 'You go on here by itself.',
  waiting: 'Waiting until the code was entered',
};

export const refusals = {
  again: 'Try again',
  anyAccount: 'Use another account from now on',
  openClientApp: 'Open the client app',
  someAccount: 'another account',
  redirectMismatch: {
    what: '{{app}} does not know the redirect address of this Millwright',
    next: 'Copy this address, to the letter, into the list of redirect addresses of the app in the console of {{app}}. Then try again.',
  },
  clientMissing: {
    what: 'The client app of {{app}} has not been entered yet',
    next: 'An admin enters it once under Settings › Apps. After that, everybody can connect.',
  },
  clientInvalid: {
    what: '{{app}} refuses the client ID or the client secret',
    next: 'An admin compares both with the console of {{app}} and enters them again under Settings › Apps.',
  },
  clientNotAllowed: {
    what: '{{app}} does not let this client app connect in this way',
    next: 'An admin allows it in the console of {{app}}. Some services have to verify the app first, or list you as a test user.',
  },
  accessDenied: {
    what: 'Access was not granted',
    next: 'Try again and accept, with an account that may grant it. Some services ask their own admin first, or allow only test users while the app is not verified.',
  },
  grantInvalid: {
    what: '{{app}} does not accept the consent any more',
    next: 'It was used already, has run out, or was revoked. Try again and finish within ten minutes.',
  },
  scopeInvalid: {
    what: '{{app}} does not give one of the permissions that are asked for',
    next: 'An admin adds the permissions listed above to the app in the console of {{app}}.',
  },
  interactionRequired: {
    what: '{{app}} wants something from you that it could not ask',
    next: 'Sign in to {{app}} in another tab, then try again.',
  },
  answerInvalid: {
    what: '{{app}} came back with something that is no consent',
    next: 'Try again. If it stays, an admin compares the client app with the console of {{app}}.',
  },
  unavailable: { what: '{{app}} cannot be reached just now', next: 'Nothing was changed. Try again in a moment.' },
  wrongAccount: {
    what: 'You signed in with another account than {{account}}',
    next: 'Nothing was changed. Sign out at the service or use a private window, then try again with {{account}}; or say that this connection is for the other account from now on.',
  },
  stateUnknown: {
    what: 'This answer belongs to no connection that you began in this browser',
    next: 'Begin again here. If you did not begin anything, close the window: nothing was changed.',
  },
  stateUsed: { what: 'This answer was used already', next: 'Look at the connection: it may work. Otherwise try again.' },
  stateExpired: { what: 'It took more than ten minutes to come back', next: 'Nothing was changed. Try again.' },
  codeExpired: { what: 'The code was not entered in time', next: 'Get another one.' },
  gone: { what: 'This connection does not exist any more', next: 'Somebody deleted it meanwhile. Make a new one.' },
  notYours: { what: 'You may use this connection, but not connect it', next: 'Ask its owner or an admin.' },
  refused: {
    what: '{{app}} refused, and does not say why',
    next: 'An admin compares the client app with the console of {{app}}: the redirect address, the permissions, and whether the app is verified.',
  },
};
