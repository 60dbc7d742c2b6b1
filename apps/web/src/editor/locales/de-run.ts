import type { Translation } from '../../i18n/resources.ts';
import type { runTexts as english } from './en-run.ts';

/** A problem of a draft in German; English comes from the server. */
interface ProblemText {
  readonly text: string;
  readonly hint: string;
}

/** German texts of runs and problems. */
export const runTexts: Translation<typeof english> & { readonly problem: Readonly<Record<string, ProblemText>> } = {
  runs: {
    none: 'Noch keine Läufe.',
    noneHint: 'Veröffentlichen Sie, rufen Sie dann den Webhook auf oder drücken Sie Ausführen.',
    version: 'v{{number}}',
  },
  run: {
    title: '{{status}}: {{name}}',
    live: 'Live',
    lost: 'Verbindet neu …',
    banner: 'Das ist Version {{number}}, so wie sie lief. Sie lässt sich nicht ändern.',
    byWebhook: 'Von einem Webhook-Aufruf gestartet, {{time}}',
    byHand: 'Von Hand gestartet, {{time}}',
    openEditor: 'Workflow im Editor öffnen',
    steps: 'Schritte dieses Laufs',
    chooseStep: 'Wählen Sie einen Schritt, um zu sehen, was hineinging, was herauskam und jeden Versuch.',
    nothingYet: 'Noch kein Schritt hat begonnen.',
    back: 'Zurück zur Liste der Schritte',
    notReached: 'Der Lauf kam nicht zu diesem Schritt.',
    data: 'Daten des Schritts',
    output: 'Ausgabe',
    input: 'Eingabe',
    attempts: 'Versuche',
    noInput: 'Nichts ging hinein.',
    noOutput: 'Nichts kam heraus.',
    noAttempts: 'Dieser Schritt ruft niemanden auf: Es gibt keine Versuche zu zeigen.',
    port: 'Anschluss',
    items_one: '{{count}} Element',
    items_other: '{{count}} Elemente',
    itemsOf: 'die ersten {{shown}} von {{count}} Elementen',
    asTable: 'Als Tabelle zeigen',
    asJson: 'Als JSON zeigen',
    table: 'Elemente als Tabelle',
    json: 'Elemente als JSON',
    copyJson: 'JSON kopieren',
    activation: 'Welcher Durchgang des Schritts',
    activationNumber: 'Durchgang {{number}} von {{count}}',
    errorInItem: 'Element {{number}}: {{text}}',
    reason: {
      timeout: 'Es dauerte länger als die Zeitgrenze.',
      user: 'Eine Person hat ihn angehalten.',
      terminated: 'Er wurde von einem Administrator beendet.',
      limit: 'Er hat eine Grenze des Arbeitsbereichs erreicht.',
      alreadyDone: 'Er war in einem früheren Lauf schon getan und wurde nicht wiederholt.',
      notTaken: 'Der Lauf nahm einen anderen Weg.',
      disabled: 'Der Schritt ist ausgeschaltet: Elemente gingen unverändert hindurch.',
    },
  },
  attempt: {
    started: 'Gesendet, noch keine Antwort',
    done: 'Erledigt',
    failed: 'Gescheitert',
    notSent: 'Nicht gesendet',
    unknown: 'Unklar, ob es ankam',
    all: 'Versuch {{number}}, für alle Elemente',
    item: 'Element {{item}}, Versuch {{number}}',
  },
  problem: {
    trigger_missing: { text: 'Nichts startet diesen Workflow.', hint: 'Fügen Sie einen Auslöser hinzu, etwa einen Webhook.' },
    node_unreachable: { text: 'Kein Auslöser führt zu diesem Schritt: Er läuft nie.', hint: 'Verbinden oder löschen Sie ihn.' },
    input_missing: { text: 'Der Eingang „{{port}}“ braucht einen Schritt davor.', hint: 'Ziehen Sie eine Linie hinein.' },
    respond_missing: { text: 'Der Webhook wartet auf einen Schritt „Webhook beantworten“, aber keiner folgt.', hint: 'Fügen Sie einen hinzu, oder lassen Sie den Webhook sofort oder am Ende antworten.' },
    respond_unused: { text: 'Kein Webhook, der auf diesen Schritt wartet, führt zu ihm: Niemand bekommt seine Antwort.', hint: 'Stellen Sie den Webhook so ein, dass dieser Schritt antwortet.' },
    cycle_endless: { text: 'Diese Schritte drehen sich ohne Ende im Kreis.', hint: 'Löschen Sie eine der Linien.' },
    node_type_unknown: { text: 'Diesen Schritttyp gibt es hier nicht.', hint: 'Installieren Sie sein Paket, oder ersetzen Sie den Schritt.' },
    node_version_unknown: { text: 'Diese Version des Schritttyps ist nicht installiert.', hint: 'Ersetzen Sie den Schritt durch eine installierte Version.' },
    node_id_duplicate: { text: 'Zwei Schritte haben dieselbe Kennung.', hint: 'Löschen Sie einen davon und fügen Sie ihn neu hinzu.' },
    edge_dangling: { text: 'Eine Linie führt ins Leere.', hint: 'Löschen Sie sie.' },
    port_unknown: { text: 'Eine Linie hängt an einem Anschluss, den der Schritt nicht hat.', hint: 'Löschen Sie die Linie und ziehen Sie sie neu.' },
    trigger_with_input: { text: 'Ein Auslöser startet den Workflow: Davor kann kein Schritt kommen.', hint: 'Löschen Sie die Linie zu ihm.' },
    parent_unknown: { text: 'Der Abschnitt, in dem dieser Schritt liegt, ist nicht mehr da.', hint: 'Verschieben Sie den Schritt.' },
    parameter_required: { text: 'Dieses Feld muss ausgefüllt werden.', hint: 'Tragen Sie einen Wert ein.' },
    parameter_invalid: { text: 'Dieser Wert passt hier nicht.', hint: 'Berichtigen Sie den Wert.' },
    expression_unknown_node: { text: 'Der Ausdruck verweist auf einen Schritt, den es nicht gibt oder der nicht davor liegt.', hint: 'Wählen Sie die Daten neu aus.' },
    expression_syntax: { text: 'Der Ausdruck ist nicht vollständig.', hint: 'Prüfen Sie Klammern und Anführungszeichen.' },
  },
};
