import type { Translation } from '../../../i18n/resources.ts';
import type en from './en.ts';

type Texts = Translation<typeof en>;

/** German of {@link file://./en-connect.ts}. */
export const connect: Texts['connect'] = {
  title: 'Neue Verbindung',
  titleOf: '{{app}} verbinden',
  intro: {
    app: 'Wählen Sie die App, die Ihre Schritte benutzen sollen.',
    kind: 'Diese App lässt sich auf mehrere Arten verbinden.',
    form: 'Was Sie eintragen, wird verschlüsselt. Geheimnisse werden nie wieder angezeigt, auch Ihnen nicht.',
    connect: 'Der Dienst fragt Sie in einem eigenen Fenster. Millwright sieht Ihr Passwort dort nie.',
    test: 'Die Verbindung ist gespeichert.',
  },
  back: 'Alle Apps',
  save: 'Speichern und testen',
  next: 'Weiter',
  later: 'Später verbinden',
  finish: 'Fertig',
  done: '{{name}} ist bereit',
  saved: '{{name}} ist gespeichert, funktioniert aber noch nicht',
};

export const choose: Texts['choose'] = {
  search: 'Apps suchen',
  found_one: '{{count}} App gefunden',
  found_other: '{{count}} Apps gefunden',
  ways_one: '{{count}} Art zu verbinden',
  ways_other: '{{count}} Arten zu verbinden',
  by: {
    fields: 'Einmal eintragen; es wird verschlüsselt gespeichert',
    window: 'Beim Dienst anmelden, in einem Fenster',
    device: 'Beim Dienst einen Code eingeben',
  },
  noMatch: 'Eine App dieses Namens ist hier nicht installiert.',
  none: 'Keine App braucht eine Verbindung',
  noneText: 'Nichts, das hier installiert ist, meldet sich irgendwo an. Ein Admin kann weitere Apps installieren.',
};

export const consent: Texts['consent'] = {
  steps: 'So verbinden Sie',
  open: 'Öffnen Sie das Fenster von {{app}}.',
  connect: '{{app}} verbinden',
  accept: 'Melden Sie sich dort an und stimmen Sie dem zu, worum Millwright bittet.',
  acceptAs: 'Melden Sie sich dort als {{account}} an und stimmen Sie dem zu, worum Millwright bittet.',
  back: 'Das Fenster schließt sich von selbst, und es geht hier weiter.',
  openAgain: 'Fenster erneut öffnen',
  openHere: 'In diesem Tab fortfahren',
  waiting: 'Wartet auf {{app}}',
  waitingNext: 'Schließen Sie es im Fenster binnen zehn Minuten ab. Haben Sie es geschlossen, öffnen Sie es erneut.',
  cameBack: 'Von {{app}} ist noch nichts zurückgekommen',
  cameBackNext: 'Haben Sie das Fenster geschlossen, wurde nichts geändert: Öffnen Sie es erneut und schließen Sie es dort ab.',
  unverified:
    'Hat der Dienst gewarnt, die App sei nicht geprüft, kann ein Admin Sie dort als Testnutzer eintragen oder die App prüfen lassen.',
  blocked: 'Der Browser hat das Fenster verhindert',
  blockedNext: 'Erlauben Sie Fenster für diese Seite in der Adressleiste und öffnen Sie es erneut, oder fahren Sie in diesem Tab fort.',
};

export const device: Texts['device'] = {
  start: 'Code holen',
  open: 'Öffnen Sie diese Seite, auf einem beliebigen Gerät.',
  enter: 'Geben Sie dort diesen Code ein und stimmen Sie zu.',
  back: 'Es geht hier von selbst weiter.',
  waiting: 'Wartet, bis der Code eingegeben wurde',
};

export const refusals: Texts['refusals'] = {
  again: 'Erneut versuchen',
  anyAccount: 'Ab jetzt ein anderes Konto benutzen',
  openClientApp: 'Client-App öffnen',
  someAccount: 'einem anderen Konto',
  redirectMismatch: {
    what: '{{app}} kennt die Rücksprungadresse dieses Millwright nicht',
    next: 'Kopieren Sie diese Adresse buchstabengetreu in die Liste der Rücksprungadressen der App in der Konsole von {{app}}. Versuchen Sie es dann erneut.',
  },
  clientMissing: {
    what: 'Die Client-App von {{app}} ist noch nicht eingetragen',
    next: 'Ein Admin trägt sie einmal unter Einstellungen › Apps ein. Danach können alle verbinden.',
  },
  clientInvalid: {
    what: '{{app}} lehnt die Client-ID oder das Client-Geheimnis ab',
    next: 'Ein Admin vergleicht beide mit der Konsole von {{app}} und trägt sie unter Einstellungen › Apps neu ein.',
  },
  clientNotAllowed: {
    what: '{{app}} lässt diese Client-App nicht auf diese Art verbinden',
    next: 'Ein Admin erlaubt es in der Konsole von {{app}}. Manche Dienste müssen die App erst prüfen oder Sie als Testnutzer führen.',
  },
  accessDenied: {
    what: 'Der Zugriff wurde nicht gewährt',
    next: 'Versuchen Sie es erneut und stimmen Sie zu, mit einem Konto, das es darf. Manche Dienste fragen erst ihren eigenen Admin oder lassen nur Testnutzer zu, solange die App nicht geprüft ist.',
  },
  grantInvalid: {
    what: '{{app}} nimmt die Zustimmung nicht mehr an',
    next: 'Sie wurde schon benutzt, ist abgelaufen oder wurde widerrufen. Versuchen Sie es erneut und schließen Sie es binnen zehn Minuten ab.',
  },
  scopeInvalid: {
    what: '{{app}} gibt eine der Berechtigungen nicht, um die gebeten wird',
    next: 'Ein Admin fügt die oben genannten Berechtigungen der App in der Konsole von {{app}} hinzu.',
  },
  interactionRequired: {
    what: '{{app}} will etwas von Ihnen wissen, das es nicht fragen konnte',
    next: 'Melden Sie sich in einem anderen Tab bei {{app}} an und versuchen Sie es dann erneut.',
  },
  answerInvalid: {
    what: '{{app}} kam mit etwas zurück, das keine Zustimmung ist',
    next: 'Versuchen Sie es erneut. Bleibt es dabei, vergleicht ein Admin die Client-App mit der Konsole von {{app}}.',
  },
  unavailable: {
    what: '{{app}} ist gerade nicht erreichbar',
    next: 'Es wurde nichts geändert. Versuchen Sie es gleich noch einmal.',
  },
  wrongAccount: {
    what: 'Sie haben sich mit einem anderen Konto als {{account}} angemeldet',
    next: 'Es wurde nichts geändert. Melden Sie sich beim Dienst ab oder nehmen Sie ein privates Fenster und versuchen Sie es mit {{account}} erneut; oder sagen Sie, dass diese Verbindung ab jetzt für das andere Konto gilt.',
  },
  stateUnknown: {
    what: 'Diese Antwort gehört zu keiner Verbindung, die Sie in diesem Browser begonnen haben',
    next: 'Beginnen Sie hier neu. Haben Sie nichts begonnen, schließen Sie das Fenster: Es wurde nichts geändert.',
  },
  stateUsed: {
    what: 'Diese Antwort wurde schon benutzt',
    next: 'Sehen Sie die Verbindung an: Vielleicht funktioniert sie. Sonst versuchen Sie es erneut.',
  },
  stateExpired: {
    what: 'Die Rückkehr hat mehr als zehn Minuten gedauert',
    next: 'Es wurde nichts geändert. Versuchen Sie es erneut.',
  },
  codeExpired: { what: 'Der Code wurde nicht rechtzeitig eingegeben', next: 'Holen Sie einen neuen.' },
  gone: { what: 'Diese Verbindung gibt es nicht mehr', next: 'Jemand hat sie inzwischen gelöscht. Legen Sie eine neue an.' },
  notYours: {
    what: 'Sie dürfen diese Verbindung benutzen, aber nicht neu verbinden',
    next: 'Fragen Sie, wem sie gehört, oder einen Admin.',
  },
  refused: {
    what: '{{app}} hat abgelehnt und sagt nicht, warum',
    next: 'Ein Admin vergleicht die Client-App mit der Konsole von {{app}}: Rücksprungadresse, Berechtigungen und ob die App geprüft ist.',
  },
};
