/** Texts of the settings. */
const en = {
  title: 'Settings',
  sections: 'Areas of the settings',
  members: {
    title: 'People',
    intro: 'Everybody in {{workspace}}. A role says what a person may do in the whole workspace.',
    invite: 'Invite a person',
    columns: { person: 'Person', role: 'Role', since: 'Since', actions: 'Actions' },
    you: 'you',
    roleOf: 'Role of {{name}}',
    roleDone: '{{name}} is now: {{role}}',
    remove: 'Remove {{name}}',
    removeTitle: 'Remove {{name}} from the workspace?',
    removeBody: 'Sessions of this person end within a second. Workflows and runs stay. To come back, the person needs a new invitation.',
    removeAction: 'Remove',
    removeDone: '{{name}} was removed',
    lastOwner: 'The workspace needs an owner. Make another person owner first.',
    lastOwnerTitle: 'This is the only owner',
    forbiddenTitle: 'You may not see the people of this workspace',
  },
  apps: { title: 'Apps' },
  roleHints: {
    owner: 'Everything, and who else is owner',
    admin: 'Everything, and who is in the workspace',
    editor: 'Build, publish and run workflows',
    operator: 'Start runs, read everything',
    viewer: 'Read everything',
  },
  invitations: {
    title: 'Open invitations',
    expires: 'good until {{time}}',
    withdraw: 'Withdraw',
    withdrawLabel: 'Withdraw the invitation for {{email}}',
    withdrawTitle: 'Withdraw the invitation for {{email}}?',
    withdrawBody: 'The link stops working at once. You can send a new one at any time.',
    withdrawDone: 'The invitation for {{email}} is withdrawn',
  },
  invite: {
    title: 'Invite a person',
    body: 'You always get a link to send yourself, by mail or chat; with a mail server, Millwright also mails it. It is good for seven days and for one person.',
    email: 'E-mail of the person',
    emailError: 'Enter an e-mail address, such as jane@acme.com.',
    role: 'Role',
    action: 'Invite',
    readyTitle: 'The link for {{email}} is ready',
    readyBody: 'Copy it now: it is shown only once. Whoever has it can join as {{role}}.',
    mailedTitle: 'The invitation for {{email}} is on its way',
    mailedBody:
      'It is mailed now; Settings › E-mail shows what became of it. You can also copy the link: it is shown only once, and whoever has it can join as {{role}}.',
    link: 'Invitation link',
    copy: 'Copy the link',
    done: 'Done',
    exists: 'This person is in the workspace already.',
  },
  variables: { title: 'Variables' },
  connectors: { title: 'Connectors' },
  mail: { title: 'E-mail' },
  network: { title: 'Network' },
  reliability: { title: 'Reliability' },
  profile: {
    title: 'Profile',
    person: 'You',
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    workspace: 'Workspace',
    look: 'Language and look',
    lookHint: 'Kept on this device.',
    density: 'Row height',
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
    session: 'This session',
    sessionHint: 'You stay signed in on this device until {{time}}.',
    version: 'Millwright {{version}}',
  },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly settings: typeof en;
  }
}
