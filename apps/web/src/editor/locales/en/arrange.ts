/** English titles of actions that put things in order and in line, of notes and of sections. */
export const arrangeActionTexts = {
  tidy: 'Tidy up: the selection, what follows one step, or everything',
  tidyAll: 'Tidy up everything',
  alignLeft: 'Align left edges',
  alignCenter: 'Align centers',
  alignRight: 'Align right edges',
  alignTop: 'Align top edges',
  alignMiddle: 'Align middles',
  alignBottom: 'Align bottom edges',
  distributeAcross: 'Equal space from left to right',
  distributeDown: 'Equal space from top to bottom',
  addNote: 'Add a sticky note',
  editNote: 'Edit the text',
  nextAnnotation: 'Go to the next note or section',
  group: 'Group into a section',
  ungroup: 'Ungroup the section',
  toggleSection: 'Collapse or open the section',
  shareSection: 'Show the section like this to everyone',
  nextColor: 'Next color',
  removeWithSteps: 'Delete the section and its steps',
  minimap: 'Minimap',
  useMouse: 'Set up for a mouse: the wheel zooms, dragging moves the canvas',
  useTrackpad: 'Set up for a trackpad: two fingers move the canvas, dragging selects',
} as const;

/** What assistive technology is told about them. */
export const arrangeSayTexts = {
  tidied_one: 'Tidied up: {{count}} step moved.',
  tidied_other: 'Tidied up: {{count}} steps moved.',
  tidyNothing: 'Everything is in order already.',
  inLine: 'They are in line already.',
  linedUp_one: '{{count}} moved into line.',
  linedUp_other: '{{count}} moved into line.',
  noteAdded: 'Note added. Type its text; Escape goes back to the canvas.',
  noteRemoved: 'Note deleted.',
  sectionRemoved: 'Section deleted. Its steps stay.',
  grouped_one: '{{count}} step grouped into a section. Type its name.',
  grouped_other: '{{count}} steps grouped into a section. Type its name.',
  ungrouped: 'Ungrouped. The steps stay where they are.',
  collapsed_one: 'Section collapsed.',
  collapsed_other: '{{count}} sections collapsed.',
  expanded_one: 'Section opened.',
  expanded_other: '{{count}} sections opened.',
  shared: 'Everyone sees the section like this now, unless they chose otherwise.',
} as const;

/** Why steps cannot be grouped. */
export const arrangeRefusalTexts = {
  groupNothing: 'Choose the steps that belong together first.',
  groupInside: 'Steps inside of a frame are grouped by that frame. Choose steps outside of frames.',
} as const;

/** The bars, notes, sections and the minimap. */
export const arrangeTexts = {
  arrange: {
    bar: 'Arrange the selection',
    running_one: 'Tidying up {{count}} step …',
    running_other: 'Tidying up {{count}} steps …',
    cancel: 'Cancel',
    close: 'Close',
    refused: 'These steps could not be tidied up. Nothing was moved.',
    changed: 'The workflow was changed meanwhile. Nothing was moved. Try again.',
    slow: 'Tidying up took too long and was stopped. Nothing was moved. Try it with fewer steps.',
  },
  note: {
    role: 'note',
    empty: 'Empty note',
    hint: 'Double-click to write.',
    text: 'Text of the note',
    placeholder: 'Write … **bold**, *italic*, - list, [link](https://…)',
    resize: 'Change the size of the note',
    colors: 'Color',
    color: { yellow: 'Yellow', blue: 'Blue', green: 'Green', violet: 'Violet', pink: 'Pink', gray: 'Gray' },
  },
  section: {
    role: 'section',
    unnamed: 'Section',
    name: 'Name of the section',
    steps_one: '{{count}} step',
    steps_other: '{{count}} steps',
    collapse: 'Collapse',
    expand: 'Open',
    collapsed: 'collapsed',
  },
  minimap: { label: 'Minimap: the whole workflow in small. Click or drag to look elsewhere.' },
  feel: {
    mouse: 'Set up for a mouse',
    mouseHint: 'The wheel zooms, dragging moves the canvas.',
    trackpad: 'Set up for a trackpad',
    trackpadHint: 'Two fingers move the canvas, dragging selects.',
    useMouse: 'Use a mouse',
    useTrackpad: 'Use a trackpad',
  },
} as const;
