/** More texts of the picker. */
export const pickerTexts = {
  own: 'Own',
  template: 'Finished workflow, opens as a new one',
  templateHere: 'Finished workflow, its steps are added here',
  templateHereHint: 'Its steps, lines and notes are copied into this workflow. One undo takes them out again.',
  templateHint: 'It becomes a workflow of its own. This one stays as it is.',
  titleReplace: 'Replace “{{name}}” by',
  connected: 'Connected',
  operations_one: '{{count}} operation',
  operations_other: '{{count}} operations',
  back: 'Back to all steps',
  dropHere: 'Drop on the canvas, or on a line',
  hasConnection: 'You have a connection for it.',
  needsConnection: 'Needs a connection. You are asked for it in the step.',
  mayConnect: 'Can sign in with a connection.',
  httpTo: 'HTTP request to {{address}}',
  httpToHint: 'A step that calls this address. Press Enter to add it.',
  ask: 'Copy a request to an admin',
  askText: 'Please install a package for “{{search}}” in Millwright: I need it in a workflow.',
  asked: 'The request is copied. Paste it into a message to an admin.',
} as const;

/** More announcements. */
export const structureSayTexts = {
  line: 'Line from {{from}} to {{to}}.',
  labelledLine: 'Line from {{from}} to {{to}}, labelled {{label}}.',
  extracted: 'The steps are the workflow {{name}} now; it is called here.',
  inlined_one: '{{count}} step of {{name}} put here.',
  inlined_other: '{{count}} steps of {{name}} put here.',
  replaced: '{{name}} is now {{type}}.',
  pasteNewer: 'What was copied comes from a newer version of Millwright. Nothing was pasted.',
  pasteLarge: 'What was copied is too large: up to {{mebibytes}} MB and {{nodes}} steps can be pasted. Nothing was pasted.',
  pasteInvalid: 'What was copied looks like steps, but cannot be read. Nothing was pasted.',
} as const;

/** Titles of more actions. */
export const structureActionTexts = {
  nextLine: 'Select the next line of the step',
  labelLine: 'Label…',
  selectSameType: 'Select all of this type',
  extract: 'Make a workflow of the steps…',
  inline: 'Put the called steps here',
  replaceStep: 'Replace step…',
  find: 'Find and replace in the workflow',
} as const;
