/** Texts of first set-up, sign-in and invitations. */
const en = {
  tagline: 'Workflows that lose nothing.',
  signIn: {
    title: 'Sign in',
    action: 'Sign in',
    expired: 'You were signed out. Sign in again and you are back where you were.',
    left: 'You are signed out.',
    wrong: 'E-mail or password is not right. Check both; the password knows capital letters.',
  },
  setup: {
    title: 'Set up Millwright',
    intro: 'You are the first one here. This makes you the owner; others join by invitation.',
    action: 'Create owner and workspace',
    exists: 'An owner was created in the meantime. Sign in, or ask her for an invitation.',
    toSignIn: 'Go to sign-in',
  },
  invite: {
    title: 'Join {{workspace}}',
    intro: 'You were invited as {{role}}. Choose a name and a password.',
    introKnown: 'You were invited as {{role}}. You have an account already: confirm with its password.',
    action: 'Join the workspace',
    goneTitle: 'This invitation is no longer good',
    gone: 'It was used, withdrawn, or is older than seven days.',
    goneNext: 'Ask the person who invited you for a new link.',
    wrong: 'That is not the password of this account.',
  },
  fields: {
    name: 'Your name',
    nameError: 'Enter your name.',
    email: 'E-mail',
    emailError: 'Enter an e-mail address, such as jane@acme.com.',
    password: 'Password',
    passwordError: 'Enter your password.',
    newPasswordError: 'Choose a password of at least 10 characters.',
    newPasswordHint: 'At least 10 characters. Four unrelated words are strong and easy to keep.',
    workspace: 'Name of the workspace',
    workspaceHint: 'Usually your company or team.',
    workspaceError: 'Enter a name for the workspace.',
    timezone: 'Time zone',
    timezoneHint: 'For schedules and waiting times. Guessed from this device.',
  },
  strength: {
    short_one: '{{count}} more character',
    short_other: '{{count}} more characters',
    guessable: 'Easy to guess',
    fair: 'Good enough',
    strong: 'Strong',
    label: 'Strength: {{word}}',
  },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly entry: typeof en;
  }
}
