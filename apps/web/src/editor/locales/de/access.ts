import type { Translation } from '../../../i18n/resources.ts';
import type { accessTexts as english } from '../en/access.ts';

/** German texts of the outline, of changing shortcuts, and of what holds when something fails. */
export const accessTexts: Translation<typeof english> = {
  leftPanel: { label: 'Gliederung und Suche', outline: 'Gliederung', close: 'Leiste schließen' },
  outline: {
    label_one:
      'Gliederung: {{count}} Schritt in der Reihenfolge des Ablaufs. Enter öffnet ihn, F2 benennt ihn um, Umschalt+F10 bietet mehr.',
    label_other:
      'Gliederung: {{count}} Schritte in der Reihenfolge des Ablaufs. Enter öffnet einen, F2 benennt ihn um, Umschalt+F10 bietet mehr.',
    empty: 'Noch keine Schritte. Drücken Sie auf der Zeichenfläche /, um einen hinzuzufügen.',
    onBranch: 'auf {{branch}} von {{from}}',
    problems_one: '{{count}} Problem',
    problems_other: '{{count}} Probleme',
  },
  failedPane: {
    canvas: 'Die Zeichenfläche funktioniert gerade nicht',
    inspector: 'Der Bereich des Schritts funktioniert gerade nicht',
    drawer: 'Dieser Bereich funktioniert gerade nicht',
    leftPanel: 'Dieser Bereich funktioniert gerade nicht',
    what: 'Der Rest der Seite funktioniert weiter. Was Sie geändert haben, bleibt erhalten.',
    next: 'Versuchen Sie es noch einmal. Wenn es wieder geschieht, öffnen Sie den Workflow sicher: als Gliederung und als Text.',
    nextInRun: 'Versuchen Sie es noch einmal. Wenn es wieder geschieht, laden Sie die Seite neu.',
  },
  safe: {
    intro:
      'Sicher geöffnet: ohne Zeichenfläche und ohne Daten von Läufen. Hier lässt sich nichts ändern. Sie können alles lesen, kopieren und als Datei behalten.',
    content: 'Inhalt des Entwurfs',
    download: 'Als Datei speichern',
    leave: 'Editor öffnen',
  },
  movePad: {
    label: 'Mit Klicks verschieben',
    left: 'Nach links',
    up: 'Nach oben',
    down: 'Nach unten',
    right: 'Nach rechts',
    fine: 'Kleine Schritte',
    drop: 'Hier lassen',
    cancel: 'Zurücklegen',
  },
  shortcutSheet: {
    search: 'Tastenkürzel suchen',
    letters: 'Tasten aus einem Zeichen wirken auf der Zeichenfläche',
    lettersHint: 'Schalten Sie das aus, wenn Sie mit Sprache bedienen. Alles bleibt über Menüs und die Befehlsliste erreichbar.',
    none: 'keine Taste',
    change: 'Taste von „{{title}}“ ändern',
    press: 'Drücken Sie die neue Taste. Esc bricht ab.',
    reserved: 'Diese Taste gehört dem Browser oder dem Bewegen. Drücken Sie eine andere.',
    taken: '{{keys}} ist die Taste von „{{title}}“. Drücken Sie sie noch einmal, um sie dort wegzunehmen.',
    reset: '„{{title}}“ zurücksetzen',
    resetAll: 'Alle Tasten zurücksetzen',
    nothing: 'Keine Aktion heißt so.',
    kept: 'Geänderte Tasten bleiben für Sie auf diesem Gerät.',
  },
  palettePlaces: { workflow: 'Workflow: {{name}}', run: 'Lauf: {{name}}, {{status}}, {{time}}', connection: 'Verbindung: {{name}}' },
};
