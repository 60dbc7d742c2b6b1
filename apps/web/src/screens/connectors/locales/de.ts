import type { Translation } from '../../../i18n/resources.ts';
import add from './de-add.ts';
import update from './de-update.ts';
import type en from './en.ts';

const de: Translation<typeof en> = {
  add,
  update,
  intro:
    'Jeder Konnektor bringt Prüfungen mit, die beim Bau gelaufen sind. Das Abzeichen sagt, wogegen: ein echter Server, die eigene Schnittstellenbeschreibung des Dienstes oder eine, die nach seiner öffentlichen Dokumentation geschrieben wurde.',
  label: 'Konnektoren und was von ihnen geprüft ist',
  columns: {
    connector: 'Konnektor',
    operations: 'Operationen',
    proof: 'Geprüft gegen',
    scenarios: 'Szenarien',
    requests: 'Angenommene Anfragen',
  },
  actions_one: '{{count}} Aktion',
  actions_other: '{{count}} Aktionen',
  triggers_one: '{{count}} Auslöser',
  triggers_other: '{{count}} Auslöser',
  badges: { live: 'Echter Server', contract: 'Beschreibung des Dienstes', ownContract: 'Eigene Beschreibung', none: 'Noch nicht geprüft' },
  hints: {
    live: 'Die Prüfungen laufen gegen einen echten Server.',
    contract: 'Jede Aktion sendet eine Anfrage, die die eigene Beschreibung des Dienstes annimmt.',
    ownContract: 'Jede Aktion sendet eine Anfrage, die zu einer Beschreibung nach der öffentlichen Dokumentation passt.',
    none: 'Keine Prüfung ist gelaufen. Probieren Sie ihn zuerst mit Testdaten aus.',
  },
  standIn: 'Auch gegen {{name}}, den eigenen Ersatz des Dienstes.',
  passed: '{{passed}} von {{applicable}}',
  passedLabel: '{{passed}} von {{applicable}} Szenarien bestanden',
  noScenarios: 'keine treffen zu',
  requests: 'Anfragen, die die Beschreibung annahm: {{count}}',
  scenariosTitle: 'Die sieben Szenarien',
  scenarios:
    'Ein Token läuft ab, ein Limit mit Wartezeit, zwei Fehler hintereinander, drei Seiten, eine doppelte Zustellung, eine gefälschte Zustellung, ein Abonnement endet. Ein Konnektor durchläuft die, die auf ihn zutreffen.',
  empty: 'Keine Konnektoren',
  emptyNext: 'Installieren Sie ein Node-Paket; nach dem nächsten Start erscheint es hier.',
};

export default de;
