import type { Translation } from '../../../i18n/resources.ts';
import type en from './en.ts';

const de: Translation<typeof en> = {
  title: 'Apps',
  intro:
    'Dienste mit einem Anmeldefenster müssen dieses Millwright kennen. Tragen Sie seinen Client bei jedem Dienst einmal ein; dann drücken alle, die Workflows bauen, nur noch auf Verbinden.',
  forbiddenTitle: 'Sie dürfen die Client-Apps nicht sehen',
  empty: { title: 'Keine App braucht das', text: 'Keine der installierten Apps hat ein Anmeldefenster.' },
  ready: 'Bereit',
  missing: 'Nicht eingerichtet',
  notEntered: 'Noch kann niemand verbinden',
  enteredBy: '{{name}}, {{time}}',
  somebody: 'Jemand, der nicht mehr hier ist',
  enter: 'Einrichten',
  enterNamed: '{{app}} einrichten',
  change: 'Ändern',
  changeNamed: '{{app}} ändern',
  remove: 'Client-App von {{app}} entfernen',
  removeTitle: 'Client-App von {{app}} entfernen?',
  removeBody:
    'Verbindungen zu {{app}} können nicht mehr erneuert werden: Ihre Läufe warten auf eine Person. Niemand kann verbinden, bis sie wieder eingetragen ist.',
  removeAction: 'Entfernen',
  removeDone: 'Die Client-App von {{app}} ist entfernt',
  form: {
    title: 'Client-App von {{app}}',
    intro: 'Das tun Sie einmal für die ganze Installation. Bei {{app}} dauert es etwa fünf Minuten.',
    steps: 'So richten Sie sie ein',
    console: 'Registrieren Sie eine App bei {{app}}, oder öffnen Sie die, die Sie haben.',
    redirect: 'Tragen Sie dort diese Rücksprungadresse buchstabengetreu ein.',
    redirectUri: 'Rücksprungadresse',
    scopes: 'Erlauben Sie dort genau diese Berechtigungen.',
    enter: 'Kopieren Sie von dort die Client-ID und das Client-Geheimnis hierher.',
    clientId: 'Client-ID',
    clientSecret: 'Client-Geheimnis',
    secretHint: 'Wird verschlüsselt gespeichert und nie wieder angezeigt. Lassen Sie es leer, wo der Dienst keines gibt.',
    kept: 'gespeichert; eintragen ersetzt',
    keptHint: 'Lassen Sie es leer, um das gespeicherte zu behalten.',
    missing: 'Tragen Sie die Client-ID ein.',
    save: 'Speichern',
    done: '{{app}} kann jetzt verbunden werden',
  },
  events: {
    step: 'Für Auslöser: Tragen Sie dort diese Adresse für Ereignisse ein, einmal für alle Konten.',
    place: 'Dort: {{place}}',
    address: 'Adresse für Ereignisse',
    enter: 'Kopieren Sie von dort die Client-ID, das Client-Geheimnis und „{{secret}}“ hierher.',
    secretHint: 'Beweist, dass Ereignisse von {{app}} kommen. Nur Auslöser brauchen es.',
    none: 'Bisher kam nichts.',
    taken_one: '{{count}} Ereignis kam, {{when}}.',
    taken_other: '{{count}} Ereignisse kamen, das letzte {{when}}.',
    dropped_one: '{{count}} davon gehört zu einem Konto, auf das kein aktiver Workflow hört: Es wurde verworfen.',
    dropped_other: '{{count}} davon gehören zu Konten, auf die kein aktiver Workflow hört: Sie wurden verworfen.',
    refused_one:
      '{{count}} Zustellung wurde abgelehnt, {{when}}: Sie war nicht mit dem Geheimnis signiert, das hier eingetragen ist, oder kam zu spät. Vergleichen Sie es mit {{app}}.',
    refused_other:
      '{{count}} Zustellungen wurden abgelehnt, die letzte {{when}}: Sie waren nicht mit dem Geheimnis signiert, das hier eingetragen ist, oder kamen zu spät. Vergleichen Sie es mit {{app}}.',
  },
};

export default de;
