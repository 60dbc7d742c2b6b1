import type { Translation } from '../../../i18n/resources.ts';
import type { togetherTexts as english } from '../en/together.ts';

/** German texts of working together, and of what holds when the way to the server or the device does not. */
export const togetherTexts: Translation<typeof english> = {
  people: {
    here: 'Auch hier',
    canEdit: 'bearbeitet',
    looks: 'kann nur ansehen',
    me: 'Sie, in einem anderen Tab',
    follow: '{{name}} folgen',
    unfollow: '{{name}} nicht mehr folgen',
    following: 'Sie folgen {{name}}. Bewegen Sie die Fläche, um aufzuhören.',
    more_one: 'und {{count}} weitere Person',
    more_other: 'und {{count}} weitere',
    editing: '{{name}} bearbeitet diesen Schritt',
    typing: '{{name}} schreibt hier',
    inField: '{{name}} ist in diesem Feld',
  },
  notice: {
    newer:
      'Dieser Entwurf stammt aus einer neueren Version von Millwright. Sie können ihn ansehen; um ihn zu ändern oder zu veröffentlichen, aktualisieren Sie diese Installation. Nichts davon geht verloren.',
    large:
      'Dieser Workflow ist groß: {{size}} von höchstens {{limit}} MB. Lagern Sie Teile in eigene Workflows aus, oder bewahren Sie lange Texte anderswo auf.',
    tooLarge:
      'Dieser Workflow ist größer, als der Server annimmt: {{size}} von höchstens {{limit}} MB. Änderungen bleiben auf diesem Gerät, bis Sie etwas entfernen.',
  },
};
