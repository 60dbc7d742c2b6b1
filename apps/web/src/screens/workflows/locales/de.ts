import type { Translation } from '../../../i18n/resources.ts';
import type en from './en.ts';

const de: Translation<typeof en> = {
  title: 'Workflows',
  search: 'Workflows suchen',
  found_one: '{{count}} Workflow gefunden',
  found_other: '{{count}} Workflows gefunden',
  new: 'Neuer Workflow',
  newShort: 'Neu',
  blank: 'Leerer Workflow',
  blankHint: 'Mit leerer Arbeitsfläche beginnen',
  fromTemplate: 'Aus einer Vorlage',
  untitled: 'Unbenannter Workflow',
  templates: {
    'lead-intake': { title: 'Lead-Eingang', description: 'Formular → prüfen → zuordnen → senden → antworten. Läuft ohne jedes Konto.' },
  },
  columns: { name: 'Name', state: 'Zustand', trigger: 'Beginnt durch', lastRun: 'Letzter Lauf', updated: 'Geändert', actions: 'Aktionen' },
  state: {
    draft: 'Entwurf',
    live: 'Live · v{{version}}',
    off: 'Aus · v{{version}}',
    changed: 'unveröffentlichte Änderungen',
  },
  triggers: { webhook: 'Webhook', manual: 'Von Hand', other: '{{type}}', none: 'Noch kein Auslöser' },
  neverRun: 'Nie gelaufen',
  updatedBy: '{{time}} von {{name}}',
  actions: {
    menu: 'Aktionen für {{name}}',
    open: 'Öffnen',
    runs: 'Läufe anzeigen',
    rename: 'Umbenennen …',
    turnOff: 'Ausschalten …',
    turnOn: 'Einschalten',
    archive: 'Archivieren …',
  },
  rename: {
    title: 'Workflow umbenennen',
    label: 'Name',
    action: 'Umbenennen',
    error: 'Geben Sie einen Namen mit 1 bis 200 Zeichen ein.',
    done: 'In „{{name}}“ umbenannt',
  },
  turnOff: {
    title: '„{{name}}“ ausschalten?',
    body: 'Ab jetzt startet ihn nichts mehr: Aufrufe seines Webhooks werden abgelehnt, bis Sie ihn wieder einschalten. Begonnene Läufe gehen bis zum Ende weiter.',
    action: 'Ausschalten',
    done: '„{{name}}“ ist aus',
    doneHint: 'Aufrufe seines Webhooks werden abgelehnt.',
  },
  turnOn: { done: '„{{name}}“ ist an', doneHint: 'Seine Auslöser arbeiten wieder, mit Version {{version}}.' },
  archive: {
    title: '„{{name}}“ archivieren?',
    body: 'Er verschwindet aus dieser Liste und nichts startet ihn mehr; Aufrufe seines Webhooks werden abgelehnt. Begonnene Läufe gehen bis zum Ende weiter, alle früheren Läufe bleiben lesbar.',
    action: 'Archivieren',
    done: '„{{name}}“ ist archiviert',
  },
  empty: {
    title: 'Ihr erster Workflow in drei Minuten',
    intro: 'Ein Workflow wartet, bis etwas geschieht, und erledigt dann die Schritte, die Sie zeichnen.',
    steps: {
      pick: {
        title: 'Beispiel nehmen',
        text: '„Lead-Eingang“ prüft ein Formular, ordnet es zu und antwortet. Er braucht nirgends ein Konto.',
      },
      test: {
        title: 'Veröffentlichen und testen',
        text: 'Veröffentlichen Sie ihn und drücken Sie „Test-Ereignis senden“, oder rufen Sie ihn mit cURL auf.',
      },
      watch: { title: 'Beim Lauf zusehen', text: 'Jeder Schritt leuchtet auf und zeigt, was hineinging und was herauskam.' },
    },
    sample: 'Mit „Lead-Eingang“ beginnen',
    blank: 'Mit leerer Fläche beginnen',
    viewer: 'Noch hat niemand einen Workflow angelegt. Ihre Rolle darf ansehen, aber nicht bauen; Eigentümer und Admins können das ändern.',
  },
  noMatch: {
    title: 'So heißt kein Workflow',
    text: 'Prüfen Sie die Schreibweise oder suchen Sie nach einem Teil des Namens.',
    clear: 'Suche leeren',
  },
};

export default de;
