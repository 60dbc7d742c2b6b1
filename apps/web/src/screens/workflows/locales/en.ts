/** Texts of the workflow list. */
const en = {
  title: 'Workflows',
  search: 'Search workflows',
  found_one: '{{count}} workflow found',
  found_other: '{{count}} workflows found',
  new: 'New workflow',
  newShort: 'New',
  blank: 'Blank workflow',
  blankHint: 'Start on an empty canvas',
  fromTemplate: 'From a template',
  untitled: 'Untitled workflow',
  templates: {
    'lead-intake': { title: 'Lead intake', description: 'Form → check → route → send → answer. Runs without any account.' },
  },
  columns: { name: 'Name', state: 'State', trigger: 'Starts by', lastRun: 'Last run', updated: 'Changed', actions: 'Actions' },
  state: {
    draft: 'Draft',
    live: 'Live · v{{version}}',
    off: 'Off · v{{version}}',
    changed: 'unpublished changes',
  },
  triggers: { webhook: 'Webhook', manual: 'By hand', other: '{{type}}', none: 'No trigger yet' },
  neverRun: 'Never ran',
  updatedBy: '{{time}} by {{name}}',
  actions: {
    menu: 'Actions for {{name}}',
    open: 'Open',
    runs: 'Show runs',
    rename: 'Rename…',
    turnOff: 'Turn off…',
    turnOn: 'Turn on',
    archive: 'Archive…',
  },
  rename: {
    title: 'Rename workflow',
    label: 'Name',
    action: 'Rename',
    error: 'Enter a name of 1 to 200 characters.',
    done: 'Renamed to “{{name}}”',
  },
  turnOff: {
    title: 'Turn off “{{name}}”?',
    body: 'From now on nothing starts it: calls to its webhook are refused until you turn it on again. Runs that have started go on to their end.',
    action: 'Turn off',
    done: '“{{name}}” is off',
    doneHint: 'Calls to its webhook are refused.',
  },
  turnOn: { done: '“{{name}}” is on', doneHint: 'Its triggers work again, with version {{version}}.' },
  archive: {
    title: 'Archive “{{name}}”?',
    body: 'It leaves this list and nothing starts it any more; calls to its webhook are refused. Runs that have started go on to their end, and all past runs stay readable.',
    action: 'Archive',
    done: '“{{name}}” is archived',
  },
  empty: {
    title: 'Your first workflow in three minutes',
    intro: 'A workflow waits for something to happen, then does the steps that you draw.',
    steps: {
      pick: { title: 'Take the sample', text: '“Lead intake” checks a form, routes it and answers. It needs no account anywhere.' },
      test: { title: 'Publish and test', text: 'Publish it, then press “Send test event” or submit it with cURL.' },
      watch: { title: 'Watch it run', text: 'See every step light up, with what went in and what came out.' },
    },
    sample: 'Start with “Lead intake”',
    blank: 'Start with a blank canvas',
    viewer: 'Nobody has made a workflow yet. Your role can look and not build; an owner or admin can change that.',
  },
  noMatch: {
    title: 'No workflow is called that',
    text: 'Check the spelling, or search for a part of the name.',
    clear: 'Clear the search',
  },
};

export default en;

declare module '../../../i18n/resources.ts' {
  interface Resources {
    readonly workflows: typeof en;
  }
}
