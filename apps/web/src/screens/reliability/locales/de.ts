import type { Translation } from '../../../i18n/resources.ts';
import type en from './en.ts';

const de: Translation<typeof en> = {
  intro:
    'Angenommen heißt dauerhaft: Ein Lauf, dessen Start bestätigt wurde, endet, was auch dazwischen ausfällt. Hier sehen Sie es selbst, auf diesem Server.',
  pull: {
    title: 'Den Stecker ziehen',
    before: 'Das passiert, wenn Sie den Knopf drücken:',
    runs: '50 Läufe eines kleinen Workflows starten. Die Hälfte wartet, die andere Hälfte schreibt gerade an das eingebaute Echo.',
    kill: 'Sobald alle angenommen und mitten in der Arbeit sind, wird der Serverprozess ohne Vorwarnung beendet (kill -9).',
    away: 'Einige Sekunden lang kann hier niemand arbeiten, und Webhooks bekommen keine Antwort: Ihre Sender müssen erneut senden.',
    others:
      'Läufe Ihrer anderen Workflows gehen danach weiter. Geht in diesem Moment die Antwort auf einen Schreibvorgang verloren, gilt, was sein Schritt festlegt.',
    back: 'Der Server startet von selbst wieder. Diese Seite kommt zurück und zählt.',
    action: 'Stecker ziehen',
    running: 'Eine Probe läuft',
    taken: 'Jemand anderes hat auf diesem Server gerade den Stecker gezogen. Warten Sie, bis diese Probe vorbei ist.',
    failedTitle: 'Der Stecker wurde nicht gezogen',
  },
  elsewhere: {
    title: 'Von hier lässt sich der Stecker nicht ziehen',
    text: 'Niemand würde diesen Serverprozess wieder starten: Das tut nur der Supervisor einer Installation auf einem Rechner (npm start). Auf einem Rechner mit dem Quelltext von Millwright zeigt dieser Befehl dasselbe, mit 200 Läufen, und beendet auch Temporal und PostgreSQL:',
    copy: 'Befehl kopieren',
  },
  forbidden: {
    title: 'Nur Eigentümer dürfen den Stecker ziehen',
    text: 'Der Server steht dann für alle einige Sekunden still. Ein Eigentümer dieses Arbeitsbereichs kann Ihnen unter Einstellungen › Personen die Rolle Eigentümer geben.',
  },
  proof: {
    title: 'Die letzte Probe',
    empty: 'Hier hat noch niemand den Stecker gezogen.',
    accepted: 'Angenommen',
    acceptedHint: 'Start gespeichert',
    finished: 'Beendet',
    finishedHint: 'erfolgreich zu Ende',
    repeated: 'Wiederholt',
    repeatedHint: 'mit gleichem Schlüssel',
    lost: 'Verloren',
    lostHint: 'anders oder nie beendet',
    starting: 'Läufe starten: {{accepted}} von {{runs}} sind angenommen. Der Stecker wird gezogen, sobald alle mitten in der Arbeit sind.',
    away: 'Der Serverprozess wurde beendet und antwortet nicht. Diese Seite fragt von selbst weiter; Sie müssen nichts tun.',
    recovering: 'Ein anderer Prozess macht weiter: {{finished}} von {{runs}} Läufen sind beendet.',
    kept: 'Nichts ging verloren: Alle {{accepted}} angenommenen Läufe sind beendet.',
    lostRuns_one: 'Ein Lauf ging verloren. Sehen Sie seinen Verlauf an und melden Sie ihn uns.',
    lostRuns_other: '{{count}} Läufe gingen verloren. Sehen Sie ihren Verlauf an und melden Sie sie uns.',
    stopped:
      'Diese Probe wurde vor dem Ausfall abgebrochen: Nicht alle Läufe kamen rechtzeitig mitten in die Arbeit. Was angenommen ist, geht weiter.',
    twice:
      'Schreibvorgänge, die unterwegs waren, verloren mit dem Prozess ihre Antwort. Sie wurden mit demselben Schlüssel noch einmal gesendet, sodass der Empfänger sieht, dass er sie schon hat: {{effects}} verschiedene Schreibvorgänge, {{repeated}} Wiederholungen.',
    processes: 'Prozess {{old}} wurde um {{time}} beendet; jetzt antwortet Prozess {{now}}.',
    history: 'Läufe ansehen',
  },
};

export default de;
