import type en from './en.ts';

/** Deutsche Texte der Variablen. */
const de: typeof en = {
  title: 'Variablen',
  intro:
    'Werte, die jeder Workflow dieses Arbeitsbereichs lesen kann: Schreiben Sie in einem Ausdruck $vars. und den Namen. Ein Lauf behält die Werte, mit denen er gestartet wurde.',
  noSecrets:
    'Variablen sind kein Ort für Passwörter, Schlüssel oder Tokens: Alle im Arbeitsbereich können sie lesen. Geheimes gehört in eine Verbindung.',
  projects: 'Variablen gehören dem ganzen Arbeitsbereich. Solche für einzelne Projekte kommen mit den Projekten.',
  forbiddenTitle: 'Sie dürfen die Variablen dieses Arbeitsbereichs nicht sehen',
  add: 'Variable hinzufügen',
  edit: '{{key}} ändern',
  remove: '{{key}} löschen',
  removeTitle: 'Die Variable {{key}} löschen?',
  removeBody_zero: 'Kein aktiver Workflow liest sie. Läufe, die gestartet sind, behalten ihren Wert.',
  removeBody_one:
    '{{count}} aktiver Workflow liest sie: Seine nächsten Läufe schlagen dort fehl. Läufe, die gestartet sind, behalten ihren Wert.',
  removeBody_other:
    '{{count}} aktive Workflows lesen sie: Ihre nächsten Läufe schlagen dort fehl. Läufe, die gestartet sind, behalten ihren Wert.',
  removeAction: 'Löschen',
  removeDone: 'Die Variable {{key}} ist gelöscht',
  columns: { key: 'Name', value: 'Wert', uses: 'Verwendet in', changed: 'Geändert', actions: 'Aktionen' },
  uses: {
    none: 'nirgends',
    count_one: '{{count}} Workflow',
    count_other: '{{count}} Workflows',
    open_one: '{{key}} wird in {{count}} Workflow verwendet: anzeigen',
    open_other: '{{key}} wird in {{count}} Workflows verwendet: anzeigen',
    title: 'Wo {{key}} verwendet wird',
    body: 'Workflows, die eine Variable über einen berechneten Namen lesen, zählen bei allen Variablen.',
    live: 'Aktive Version',
    draft: 'Entwurf',
  },
  empty: {
    title: 'Noch keine Variablen',
    text: 'Halten Sie an einer Stelle fest, was mehrere Workflows teilen: eine Adresse, eine Region, eine Liste von Personen.',
  },
  form: {
    newTitle: 'Variable hinzufügen',
    newBody: 'Läufe, die ab jetzt starten, können sie lesen.',
    editTitle: '{{key}} ändern',
    editBody_zero: 'Läufe, die ab jetzt starten, lesen den neuen Wert. Kein aktiver Workflow verwendet sie.',
    editBody_one:
      'Läufe, die ab jetzt starten, lesen den neuen Wert, auch die von {{count}} aktiven Workflow. Zu veröffentlichen ist nichts.',
    editBody_other:
      'Läufe, die ab jetzt starten, lesen den neuen Wert, auch die von {{count}} aktiven Workflows. Zu veröffentlichen ist nichts.',
    key: 'Name',
    keyHint: 'In Ausdrücken: $vars.{{key}}',
    keyError: 'Verwenden Sie Buchstaben ohne Umlaute, Ziffern und _, am Anfang keine Ziffer. Höchstens 64 Zeichen.',
    exists: 'Es gibt schon eine Variable mit diesem Namen. Wählen Sie einen anderen, oder ändern Sie jene.',
    kind: 'Art',
    kinds: { text: 'Text', json: 'JSON: Zahl, Ja oder Nein, Liste, Objekt' },
    value: 'Wert',
    valueHint: 'Keine Passwörter, Schlüssel oder Tokens: Diese gehören in eine Verbindung.',
    jsonError: 'Das ist kein gültiges JSON. Text steht in doppelten Anführungszeichen, etwa "Berlin"; oder wählen Sie die Art Text.',
    tooLarge: 'Dieser Wert ist zu groß. Eine Variable kann 8 KB haben.',
    full: 'Der Arbeitsbereich ist voll: Er kann 200 Variablen mit zusammen 32 KB haben. Löschen Sie, was nichts verwendet.',
    add: 'Hinzufügen',
    save: 'Speichern',
    done: '{{key}} ist gespeichert',
  },
  environment: {
    title: 'Umgebung des Servers',
    intro:
      'Namen, die ein Admin des Servers erlaubt hat: Schreiben Sie $env. und den Namen. Werte werden hier nicht gezeigt, doch wer Workflows baut, kann sie lesen.',
    none: 'Keiner ist erlaubt. Ein Admin des Servers erlaubt Namen mit der Einstellung',
    notSet: 'auf diesem Server nicht gesetzt',
  },
};

export default de;
