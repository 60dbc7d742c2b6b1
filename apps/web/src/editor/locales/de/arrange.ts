import type {
  arrangeActionTexts as Actions,
  arrangeRefusalTexts as Refusals,
  arrangeSayTexts as Say,
  arrangeTexts as Texts,
} from '../en/arrange.ts';
import type { Translation } from '../../../i18n/resources.ts';

/** German titles of actions that put things in order and in line, of notes and of sections. */
export const arrangeActionTexts: Translation<typeof Actions> = {
  tidy: 'Aufräumen: die Auswahl, was auf einen Schritt folgt, oder alles',
  tidyAll: 'Alles aufräumen',
  alignLeft: 'Linke Kanten ausrichten',
  alignCenter: 'Mitten untereinander ausrichten',
  alignRight: 'Rechte Kanten ausrichten',
  alignTop: 'Obere Kanten ausrichten',
  alignMiddle: 'Mitten nebeneinander ausrichten',
  alignBottom: 'Untere Kanten ausrichten',
  distributeAcross: 'Gleicher Abstand von links nach rechts',
  distributeDown: 'Gleicher Abstand von oben nach unten',
  addNote: 'Notiz anlegen',
  editNote: 'Text bearbeiten',
  nextAnnotation: 'Zur nächsten Notiz oder zum nächsten Abschnitt',
  group: 'Zu einem Abschnitt zusammenfassen',
  ungroup: 'Abschnitt auflösen',
  toggleSection: 'Abschnitt zuklappen oder öffnen',
  shareSection: 'Den Abschnitt allen so zeigen',
  nextColor: 'Nächste Farbe',
  removeWithSteps: 'Abschnitt mit seinen Schritten löschen',
  minimap: 'Übersichtskarte',
  useMouse: 'Für eine Maus einrichten: das Rad zoomt, Ziehen verschiebt die Fläche',
  useTrackpad: 'Für ein Trackpad einrichten: zwei Finger verschieben die Fläche, Ziehen wählt aus',
};

/** What assistive technology is told about them, in German. */
export const arrangeSayTexts: Translation<typeof Say> = {
  tidied_one: 'Aufgeräumt: {{count}} Schritt verschoben.',
  tidied_other: 'Aufgeräumt: {{count}} Schritte verschoben.',
  tidyNothing: 'Es ist schon alles aufgeräumt.',
  inLine: 'Das ist schon ausgerichtet.',
  linedUp_one: '{{count}} ausgerichtet.',
  linedUp_other: '{{count}} ausgerichtet.',
  noteAdded: 'Notiz angelegt. Schreiben Sie ihren Text; Escape führt zurück zur Fläche.',
  noteRemoved: 'Notiz gelöscht.',
  sectionRemoved: 'Abschnitt gelöscht. Seine Schritte bleiben.',
  grouped_one: '{{count}} Schritt zu einem Abschnitt zusammengefasst. Schreiben Sie seinen Namen.',
  grouped_other: '{{count}} Schritte zu einem Abschnitt zusammengefasst. Schreiben Sie seinen Namen.',
  ungrouped: 'Aufgelöst. Die Schritte bleiben, wo sie sind.',
  collapsed_one: 'Abschnitt zugeklappt.',
  collapsed_other: '{{count}} Abschnitte zugeklappt.',
  expanded_one: 'Abschnitt geöffnet.',
  expanded_other: '{{count}} Abschnitte geöffnet.',
  shared: 'Alle sehen den Abschnitt jetzt so, wenn sie nichts anderes gewählt haben.',
};

/** Why steps cannot be grouped, in German. */
export const arrangeRefusalTexts: Translation<typeof Refusals> = {
  groupNothing: 'Wählen Sie zuerst die Schritte, die zusammengehören.',
  groupInside: 'Schritte in einem Rahmen gehören schon zusammen. Wählen Sie Schritte außerhalb von Rahmen.',
};

/** The bars, notes, sections and the minimap, in German. */
export const arrangeTexts: Translation<typeof Texts> = {
  arrange: {
    bar: 'Die Auswahl anordnen',
    running_one: '{{count}} Schritt wird aufgeräumt …',
    running_other: '{{count}} Schritte werden aufgeräumt …',
    cancel: 'Abbrechen',
    close: 'Schließen',
    refused: 'Diese Schritte ließen sich nicht aufräumen. Es wurde nichts verschoben.',
    changed: 'Der Workflow wurde inzwischen geändert. Es wurde nichts verschoben. Versuchen Sie es noch einmal.',
    slow: 'Das Aufräumen dauerte zu lange und wurde beendet. Es wurde nichts verschoben. Versuchen Sie es mit weniger Schritten.',
  },
  note: {
    role: 'Notiz',
    empty: 'Leere Notiz',
    hint: 'Zum Schreiben doppelklicken.',
    text: 'Text der Notiz',
    placeholder: 'Schreiben … **fett**, *kursiv*, - Liste, [Link](https://…)',
    resize: 'Größe der Notiz ändern',
    colors: 'Farbe',
    color: { yellow: 'Gelb', blue: 'Blau', green: 'Grün', violet: 'Violett', pink: 'Rosa', gray: 'Grau' },
  },
  section: {
    role: 'Abschnitt',
    unnamed: 'Abschnitt',
    name: 'Name des Abschnitts',
    steps_one: '{{count}} Schritt',
    steps_other: '{{count}} Schritte',
    collapse: 'Zuklappen',
    expand: 'Öffnen',
    collapsed: 'zugeklappt',
  },
  minimap: { label: 'Übersichtskarte: der ganze Workflow im Kleinen. Klicken oder ziehen Sie, um woanders hinzusehen.' },
  feel: {
    mouse: 'Für eine Maus eingerichtet',
    mouseHint: 'Das Rad zoomt, Ziehen verschiebt die Fläche.',
    trackpad: 'Für ein Trackpad eingerichtet',
    trackpadHint: 'Zwei Finger verschieben die Fläche, Ziehen wählt aus.',
    useMouse: 'Maus verwenden',
    useTrackpad: 'Trackpad verwenden',
  },
};
