/** Weitere Texte der Schrittauswahl. */
export const pickerTexts = {
  own: 'Eigene',
  template: 'Fertiger Workflow, öffnet sich als neuer',
  templateHere: 'Fertiger Workflow, seine Schritte kommen hierher',
  templateHereHint: 'Schritte, Linien und Notizen werden in diesen Workflow kopiert. Ein Rückgängig nimmt sie wieder heraus.',
  templateHint: 'Daraus wird ein eigener Workflow. Dieser hier bleibt, wie er ist.',
  titleReplace: '„{{name}}“ ersetzen durch',
  connected: 'Verbunden',
  operations_one: '{{count}} Aktion',
  operations_other: '{{count}} Aktionen',
  back: 'Zurück zu allen Schritten',
  dropHere: 'Auf der Fläche oder auf einer Linie ablegen',
  hasConnection: 'Dafür haben Sie eine Verbindung.',
  needsConnection: 'Braucht eine Verbindung. Der Schritt fragt danach.',
  mayConnect: 'Kann sich mit einer Verbindung anmelden.',
  httpTo: 'HTTP-Anfrage an {{address}}',
  httpToHint: 'Ein Schritt, der diese Adresse aufruft. Mit Enter fügen Sie ihn ein.',
  ask: 'Anfrage an einen Admin kopieren',
  askText: 'Bitte installieren Sie in Millwright ein Paket für „{{search}}“: Ich brauche es in einem Workflow.',
  asked: 'Die Anfrage ist kopiert. Fügen Sie sie in eine Nachricht an einen Admin ein.',
} as const;

/** Weitere Ansagen. */
export const structureSayTexts = {
  line: 'Linie von {{from}} zu {{to}}.',
  labelledLine: 'Linie von {{from}} zu {{to}}, beschriftet mit {{label}}.',
  extracted: 'Die Schritte sind jetzt der Workflow {{name}}; er wird hier aufgerufen.',
  inlined_one: '{{count}} Schritt von {{name}} hierher geholt.',
  inlined_other: '{{count}} Schritte von {{name}} hierher geholt.',
  replaced: '{{name}} ist jetzt {{type}}.',
  pasteNewer: 'Das Kopierte stammt aus einer neueren Version von Millwright. Es wurde nichts eingefügt.',
  pasteLarge: 'Das Kopierte ist zu groß: Bis zu {{mebibytes}} MB und {{nodes}} Schritte lassen sich einfügen. Es wurde nichts eingefügt.',
  pasteInvalid: 'Das Kopierte sieht nach Schritten aus, lässt sich aber nicht lesen. Es wurde nichts eingefügt.',
} as const;

/** Namen weiterer Aktionen. */
export const structureActionTexts = {
  nextLine: 'Die nächste Linie des Schritts auswählen',
  labelLine: 'Beschriften…',
  selectSameType: 'Alle dieser Art auswählen',
  extract: 'Aus den Schritten einen Workflow machen…',
  inline: 'Die aufgerufenen Schritte hierher holen',
  replaceStep: 'Schritt ersetzen…',
  find: 'Im Workflow suchen und ersetzen',
} as const;
