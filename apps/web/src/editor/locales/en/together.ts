/** English texts of working together, and of what holds when the way to the server or the device does not. */
export const togetherTexts = {
  people: {
    here: 'Also here',
    canEdit: 'edits',
    looks: 'can only look',
    me: 'You, in another tab',
    follow: 'Follow {{name}}',
    unfollow: 'Stop following {{name}}',
    following: 'You follow {{name}}. Move the canvas to stop.',
    more_one: 'and {{count}} more',
    more_other: 'and {{count}} more',
    editing: '{{name}} is editing this step',
    typing: '{{name}} is typing here',
    inField: '{{name}} is in this field',
  },
  notice: {
    newer:
      'A newer version of Millwright made this draft. You can look at it; to change or publish it, upgrade this installation. Nothing of it is lost.',
    large:
      'This workflow is large: {{size}} of at most {{limit}} MB. Move parts of it to workflows of their own, or keep long texts elsewhere.',
    tooLarge:
      'This workflow is larger than the server takes: {{size}} of at most {{limit}} MB. Changes stay on this device until you remove something.',
  },
} as const;
