/** Texts of the variables. */
const en = {
  title: 'Variables',
  intro:
    'Values that every workflow of this workspace can read: write $vars. and the name in an expression. A run keeps the values that it was started with.',
  noSecrets:
    'Variables are no place for passwords, keys or tokens: everybody in the workspace can read them. Put secrets into a connection.',
  projects: 'Variables belong to the whole workspace. Those of single projects will come with projects.',
  forbiddenTitle: 'You may not see the variables of this workspace',
  add: 'Add a variable',
  edit: 'Change {{key}}',
  remove: 'Delete {{key}}',
  removeTitle: 'Delete the variable {{key}}?',
  removeBody_zero: 'No live workflow reads it. Runs that have started keep its value.',
  removeBody_one: '{{count}} live workflow reads it: its next runs will fail there. Runs that have started keep its value.',
  removeBody_other: '{{count}} live workflows read it: their next runs will fail there. Runs that have started keep its value.',
  removeAction: 'Delete',
  removeDone: 'The variable {{key}} is deleted',
  columns: { key: 'Name', value: 'Value', uses: 'Used in', changed: 'Changed', actions: 'Actions' },
  uses: {
    none: 'nowhere',
    count_one: '{{count}} workflow',
    count_other: '{{count}} workflows',
    open_one: '{{key}} is used in {{count}} workflow: show it',
    open_other: '{{key}} is used in {{count}} workflows: show them',
    title: 'Where {{key}} is used',
    body: 'Workflows that read a variable by a computed name count for all variables.',
    live: 'Live version',
    draft: 'Draft',
  },
  empty: {
    title: 'No variables yet',
    text: 'Keep in one place what several workflows share: an address, a region, a list of people.',
  },
  form: {
    newTitle: 'Add a variable',
    newBody: 'Runs that start from now on can read it.',
    editTitle: 'Change {{key}}',
    editBody_zero: 'Runs that start from now on read the new value. No live workflow uses it.',
    editBody_one: 'Runs that start from now on read the new value, those of {{count}} live workflow too. Nothing needs to be published.',
    editBody_other: 'Runs that start from now on read the new value, those of {{count}} live workflows too. Nothing needs to be published.',
    key: 'Name',
    keyHint: 'In expressions: $vars.{{key}}',
    keyError: 'Use letters, digits and _, and start with a letter or _. At most 64 characters.',
    exists: 'There is a variable with this name already. Choose another name, or change that one.',
    kind: 'Kind',
    kinds: { text: 'Text', json: 'JSON: number, yes or no, list, object' },
    value: 'Value',
    valueHint: 'No passwords, keys or tokens: these belong into a connection.',
    jsonError: 'This is not valid JSON. Text stands in double quotes, such as "Berlin"; or choose the kind Text.',
    tooLarge: 'This value is too large. A variable can have 8 KB.',
    full: 'The workspace is full: it can have 200 variables with 32 KB together. Delete what nothing uses.',
    add: 'Add',
    save: 'Save',
    done: '{{key}} is saved',
  },
  environment: {
    title: 'Environment of the server',
    intro:
      'Names that an admin of the server allowed: write $env. and the name. Values are not shown here, but whoever builds workflows can read them.',
    none: 'None is allowed. An admin of the server allows names with the setting',
    notSet: 'not set on this server',
  },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly variables: typeof en;
  }
}
