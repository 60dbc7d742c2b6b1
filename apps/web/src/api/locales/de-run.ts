import { egress } from './de-egress.ts';
import type { FaultText } from './de-problem.ts';
import { trigger } from './de-trigger.ts';

const LATER = 'Versuchen Sie es später noch einmal, oder fragen Sie den Betreiber des Dienstes.';

/** Errors of runs in German, by code. The English original, with names and values, is shown beside. */
export const run: Readonly<Record<string, FaultText>> = {
  ...egress,
  ...trigger,
  expression_syntax: { text: 'Ein Ausdruck lässt sich nicht lesen.', hint: 'Prüfen Sie Klammern, Anführungszeichen und Punkte.' },
  code_failed: { text: 'Der Code hat einen Fehler geworfen.', hint: 'Berichtigen Sie die Zeile, die genannt ist.' },
  code_syntax: { text: 'Der Code lässt sich nicht lesen.', hint: 'Prüfen Sie die Zeile, die genannt ist.' },
  code_out_of_memory: { text: 'Der Code hat mehr Speicher gebraucht, als er haben darf.', hint: 'Bearbeiten Sie weniger auf einmal.' },
  code_timeout: {
    text: 'Der Code wurde nicht rechtzeitig fertig und wurde abgebrochen.',
    hint: 'Suchen Sie nach einer Schleife ohne Ende, oder geben Sie ihm mehr Zeit.',
  },
  code_result_invalid: {
    text: 'Der Code hat etwas zurückgegeben, das keine Elemente sind.',
    hint: 'Geben Sie eine Liste von Objekten zurück.',
  },
  code_too_much_output: {
    text: 'Der Code hat zu viel geschrieben oder zurückgegeben.',
    hint: 'Geben Sie weniger zurück, oder teilen Sie die Arbeit auf.',
  },
  code_no_network: {
    text: 'Der Code wollte ins Netz, und das ist hier nicht erlaubt.',
    hint: 'Rufen Sie den Dienst mit einem HTTP-Schritt auf.',
  },
  code_no_static_data: {
    text: 'Was Code sich merkt, bleibt nicht von einem Lauf zum nächsten erhalten.',
    hint: 'Legen Sie es in einer Datenbank oder Tabelle ab, die eigene Schritte lesen und schreiben: dann ist bekannt, was sie getan haben, und nichts geschieht doppelt.',
  },
  code_package_denied: {
    text: 'Der Code lädt ein Paket, das nicht erlaubt ist.',
    hint: 'Ein Admin kann das Paket für Code-Schritte freigeben.',
  },
  code_processes: { text: 'Der Code wollte zu viele Prozesse oder Threads starten.', hint: 'Starten Sie keine.' },
  code_python_missing: {
    text: 'Python ist auf diesem Server nicht installiert.',
    hint: 'Schreiben Sie den Schritt in JavaScript, oder lassen Sie Python installieren.',
  },
  expression_missing_key: {
    text: 'Ein Ausdruck fragt nach einem Feld, das in den Daten fehlt.',
    hint: 'Vergleichen Sie den Ausdruck mit der Eingabe des Schritts.',
  },
  expression_type: {
    text: 'Ein Ausdruck wendet eine Funktion auf einen Wert an, der nicht dazu passt.',
    hint: 'Prüfen Sie die Funktion und den Wert davor.',
  },
  expression_denied: {
    text: 'Ein Ausdruck benutzt etwas, das in Ausdrücken nicht erlaubt ist.',
    hint: 'Nehmen Sie die Daten und Funktionen, die beim Tippen vorgeschlagen werden.',
  },
  expression_limit: {
    text: 'Ein Ausdruck brauchte mehr Rechenzeit oder Platz, als erlaubt ist.',
    hint: 'Teilen Sie ihn auf mehrere Schritte auf.',
  },
  expression_lineage: {
    text: 'Es ist nicht klar, welches Element des anderen Schritts gemeint ist.',
    hint: 'Nennen Sie das Element, zum Beispiel mit first() oder last().',
  },
  parameter_invalid: {
    text: 'Ein Feld des Schritts hat einen Wert, mit dem er nicht arbeiten kann.',
    hint: 'Berichtigen Sie das Feld, oder die Daten, die es füllen.',
  },
  operator_unknown: {
    text: 'Eine Bedingung benutzt einen Vergleich, den es nicht gibt.',
    hint: 'Wählen Sie einen Vergleich aus der Liste.',
  },
  answer_lost: { text: 'Die Antwort des Dienstes ging verloren.', hint: 'Prüfen Sie beim Dienst, was die Anfrage bewirkt hat.' },
  credential_unavailable: {
    text: 'Dieser Prozess leiht keine Verbindungen aus, aber der Schritt braucht eine.',
    hint: 'Fragen Sie einen Admin: Verbindungen sind hier abgeschaltet.',
  },
  connector_runtime_missing: {
    text: 'Dieser Prozess führt keine Konnektoren aus.',
    hint: 'Fragen Sie einen Admin: Der Schritt muss in einem Worker laufen.',
  },
  page_repeats: {
    text: 'Der Dienst verlangt eine Seite, die schon gelesen wurde: Die Liste nähme kein Ende.',
    hint: 'Nichts ist verloren. Verringern Sie „Höchstens Einträge“, oder melden Sie es dem Dienst.',
  },
  page_elsewhere: {
    text: 'Die nächste Seite liegt auf einem anderen Host.',
    hint: 'Die Adresse ist nicht die des Dienstes. Die Verbindung wurde nicht mitgeschickt.',
  },
  limit_reached: {
    text: 'Der Dienst nimmt zurzeit keine weiteren Anfragen an.',
    hint: 'Nichts wurde gesendet. Mit eingeschalteten Wiederholungen geht es von selbst weiter.',
  },
  credential_reconnect: {
    text: 'Die Verbindung dieses Schritts muss neu verbunden werden.',
    hint: 'Wem sie gehört oder ein Admin verbindet sie unter Verbindungen neu. Was auf sie wartet, geht dann von selbst weiter.',
  },
  credential_not_connected: { text: 'Diese Verbindung wurde noch nie verbunden.', hint: 'Verbinden Sie sie.' },
  credential_refused: { text: 'Der Dienst lehnt diese Verbindung ab.', hint: 'Tragen Sie andere Zugangsdaten ein.' },
  credential_grant_ended: {
    text: 'Der Zugriff ist beendet: Er wurde beim Dienst widerrufen oder ist abgelaufen.',
    hint: 'Verbinden Sie neu.',
  },
  credential_client_invalid: {
    text: 'Der Dienst kennt die Client-App nicht mehr.',
    hint: 'Ein Admin berichtigt sie unter Einstellungen › Apps; verbinden Sie dann neu.',
  },
  sample_not_followed: {
    text: 'Dieser Server folgt den Quellen der Pakete nicht.',
    hint: 'Starten Sie ihn mit „millwright dev“.',
  },
  sample_no_package: { text: 'Kein Paket hier hat diesen Schritttyp.', hint: 'Beispiele gibt es für Aktionen aus Paketen.' },
  sample_no_output: { text: 'Kein Lauf dieses Schritts hat Daten, die aufbewahrt sind.', hint: 'Führen Sie den Workflow einmal aus.' },
  sample_does_not_fit: {
    text: 'Ohne das Private passen die Daten nicht zur Ausgabe der Aktion.',
    hint: 'Berichtigen Sie das Schema der Ausgabe oder schreiben Sie das Beispiel von Hand.',
  },
  options_unknown: {
    text: 'Diese Liste gibt es nicht mehr.',
    hint: 'Geben Sie die ID an, oder ersetzen Sie den Schritt durch eine neuere Version.',
  },
  options_need_field: {
    text: 'Die Liste hängt von einem Feld ab, das noch leer ist.',
    hint: 'Füllen Sie dieses Feld zuerst aus.',
  },
  options_need_value: {
    text: 'Die Liste hängt von einem Feld ab, dessen Wert erst ein Lauf kennt.',
    hint: 'Geben Sie die ID an oder verwenden Sie einen Ausdruck.',
  },
  credential_missing: { text: 'Dem Schritt fehlt eine Verbindung.', hint: 'Wählen Sie im Schritt eine und veröffentlichen Sie.' },
  credential_unknown: {
    text: 'Die Verbindung dieses Schritts gibt es nicht mehr.',
    hint: 'Wählen Sie im Schritt eine andere und veröffentlichen Sie.',
  },
  credential_not_shared: {
    text: 'Die Verbindung ist nicht mit der Person geteilt, die diesen Workflow veröffentlicht hat.',
    hint: 'Bitten Sie, sie zu teilen, oder lassen Sie jemanden veröffentlichen, der sie benutzen darf.',
  },
  credential_renew_failed: {
    text: 'Der Zugriff ließ sich gerade nicht erneuern.',
    hint: 'Es wurde nichts gesendet. Es wird von selbst wieder versucht.',
  },
  host_not_listed: {
    text: 'Die Verbindung darf nicht an diesen Host gesendet werden.',
    hint: 'Tragen Sie den Host in der Verbindung ein, wenn er richtig ist.',
  },
  http_status_401: { text: 'Der Dienst lehnt die Anmeldung ab (Status {{status}}).', hint: 'Prüfen Sie die Zugangsdaten.' },
  http_status_403: {
    text: 'Der Dienst erlaubt diese Anfrage nicht (Status {{status}}).',
    hint: 'Prüfen Sie, was die Zugangsdaten dürfen.',
  },
  http_status_404: { text: 'Unter dieser Adresse gibt es beim Dienst nichts (Status {{status}}).', hint: 'Prüfen Sie die Adresse.' },
  http_status_429: {
    text: 'Der Dienst bittet, langsamer zu machen (Status {{status}}).',
    hint: 'Mit eingeschalteter Wiederholung wird es noch einmal versucht.',
  },
  http_status_4xx: {
    text: 'Der Dienst lehnt die Anfrage ab (Status {{status}}).',
    hint: 'Prüfen Sie Adresse und Inhalt. Seine Antwort steht in der Ausgabe, wenn „Bei Fehlerstatus scheitern“ aus ist.',
  },
  http_status_5xx: { text: 'Der Dienst hat selbst ein Problem (Status {{status}}).', hint: LATER },
  node_timeout: { text: 'Der Schritt wurde nicht rechtzeitig fertig.', hint: 'Geben Sie ihm mehr Zeit, oder prüfen Sie den Dienst.' },
  node_broken: {
    text: 'Der Schritt ist unerwartet gescheitert.',
    hint: 'Das ist ein Fehler im Schritt selbst. Melden Sie ihn dem, der ihn pflegt.',
  },
  node_not_pure: {
    text: 'Der Schritt sendet eine Anfrage, obwohl er nur rechnen darf.',
    hint: 'Melden Sie es dem, der den Schritt pflegt.',
  },
  node_type_missing: {
    text: 'Der Schritttyp ist hier nicht mehr installiert.',
    hint: 'Bitten Sie einen Admin, sein Paket wieder zu installieren.',
  },
  effect_unsupported: { text: 'Schritte dieser Art lassen sich hier nicht ausführen.', hint: 'Ersetzen Sie den Schritt.' },
  effect_mismatch: {
    text: 'Der Schritt wollte etwas ändern, obwohl er nur lesen darf.',
    hint: 'Melden Sie es dem, der den Schritt pflegt.',
  },
  effect_changed: {
    text: 'Die Anfrage ist nicht dieselbe wie beim ersten Versuch. Nichts wurde gesendet.',
    hint: 'Prüfen Sie, was die erste Anfrage bewirkt hat, und starten Sie dann einen neuen Lauf.',
  },
  not_sent: { text: 'Nichts wurde gesendet.', hint: 'Der Lauf endete vorher oder wurde angehalten.' },
  canceled: {
    text: 'Der Lauf wurde abgebrochen, während das unterwegs war.',
    hint: 'Prüfen Sie beim Dienst, ob die Anfrage angekommen ist.',
  },
  run_timeout: {
    text: 'Der Lauf dauerte länger, als der Workflow erlaubt.',
    hint: 'Geben Sie dem Workflow in seinen Einstellungen mehr Zeit, oder machen Sie ihn kürzer.',
  },
  run_limit: {
    text: 'Der Lauf hat zu viele Schritte begonnen.',
    hint: 'Vielleicht endet eine Schleife nie. Prüfen Sie die Bedingung, die aus ihr hinausführt.',
  },
  worker_lost: {
    text: 'Mehrere Prozesse sind bei der Arbeit an diesem Lauf abgestürzt.',
    hint: 'Ein Schritt braucht vielleicht mehr Speicher, als da ist. Verkleinern Sie seine Listen, oder sehen Sie sich den letzten Schritt an.',
  },
  engine_version_missing: {
    text: 'Der Lauf braucht eine andere Version von Millwright, als gerade läuft.',
    hint: 'Er geht weiter, sobald diese Version wieder da ist. Sagen Sie es dem Betreiber.',
  },
  segment_lost: { text: 'Ein anderer Prozess hat den Lauf übernommen.', hint: 'Er geht dort weiter; Sie müssen nichts tun.' },
  segment_broken: {
    text: 'Die Arbeit an diesem Lauf ist unerwartet abgebrochen und wird wiederholt.',
    hint: 'Geschieht es immer wieder, melden Sie es dem Betreiber.',
  },
  respond_not_reached: {
    text: 'Der Lauf endete, ohne dass ein Schritt „Webhook beantworten“ an der Reihe war.',
    hint: 'Führen Sie jeden Zweig zu einem solchen Schritt, oder lassen Sie den Webhook am Ende antworten.',
  },
  run_canceled: { text: 'Der Lauf wurde abgebrochen.', hint: 'Sein Verlauf sagt, von wem.' },
  run_failed: { text: 'Der Lauf ist gescheitert.', hint: 'Sein Verlauf sagt, warum.' },
  file_without_content: {
    text: 'Das ist keine Datei: Nichts sagt, wo ihr Inhalt liegt.',
    hint: 'Geben Sie eine Datei eines Elements so weiter, wie sie kam.',
  },
  blob_gone: { text: 'Große Daten dieses Laufs sind nicht mehr aufbewahrt.', hint: 'Starten Sie den Workflow noch einmal.' },
  blob_damaged: {
    text: 'Große Daten dieses Laufs sind beschädigt.',
    hint: 'Melden Sie es dem Betreiber, und starten Sie den Workflow noch einmal.',
  },
  call_input_invalid: {
    text: 'Der aufgerufene Workflow bekommt nicht, was er verlangt.',
    hint: 'Füllen Sie die Eingabe des aufrufenden Schritts aus, oder ändern Sie, was der aufgerufene Workflow nimmt.',
  },
  dry_run: {
    text: 'Nichts wurde gesendet: Beim gefahrlosen Testen bleiben Schritte stumm, die etwas verändern.',
    hint: 'Führen Sie den Workflow richtig aus, wenn gesendet werden soll.',
  },
  call_answer_lost: {
    text: 'Der aufgerufene Lauf hat etwas getan, dessen Antwort nicht aufbewahrt wurde; er lässt sich nicht fortsetzen.',
    hint: 'Starten Sie den Workflow von vorn, oder lassen Sie den aufgerufenen Workflow die Daten seiner Läufe speichern.',
  },
  call_under_way: {
    text: 'Den aufgerufenen Lauf setzt schon ein anderer fort, der noch nicht zu Ende ist.',
    hint: 'Warten Sie auf dessen Ende, oder brechen Sie ihn ab, und setzen Sie dann diesen Lauf fort.',
  },
  call_depth: {
    text: 'Workflows haben einander zu tief aufgerufen.',
    hint: 'Vielleicht ruft ein Workflow sich ohne Ende selbst auf. Prüfen Sie die Bedingung vor dem Aufruf.',
  },
  call_refused: {
    text: 'Der Aufruf wurde nicht angenommen.',
    hint: 'Der Lauf ist vielleicht schon zu Ende. Sehen Sie nach, wie er endete.',
  },
  call_unsupported: { text: 'Läufe können hier keine anderen aufrufen.', hint: 'Melden Sie es dem Betreiber.' },
  child_failed: { text: 'Der aufgerufene Lauf ist gescheitert.', hint: 'Öffnen Sie ihn, um zu sehen, was geschah.' },
  compensation_limit: {
    text: 'Der Lauf merkt sich zu viele Abschnitte, die vielleicht rückgängig zu machen sind.',
    hint: 'Geben Sie die ganze Liste in einen Abschnitt statt jedes Element in einen eigenen.',
  },
  condition_type: {
    text: 'Eine Bedingung vergleicht Werte, die nicht zueinander passen.',
    hint: 'Schalten Sie „Typen umwandeln“ ein, oder wandeln Sie den Wert im Ausdruck um, etwa mit .toNumber().',
  },
  field_missing: { text: 'Kein Element hat das Feld, das der Schritt braucht.', hint: 'Prüfen Sie den Namen des Feldes.' },
  ledger_refused: {
    text: 'Die Antwort dieses Schritts ließ sich nicht speichern.',
    hint: 'Sehen Sie nach, was der Dienst geantwortet hat: Etwas darin lässt sich nicht aufbewahren.',
  },
  loop_rounds: {
    text: 'Die Schleife bräuchte mehr Runden, als sie darf.',
    hint: 'Nehmen Sie mehr Elemente je Runde, oder erlauben Sie mehr Runden.',
  },
  map_too_large: {
    text: 'Die Liste ist zu lang, um jedes Element einzeln zu bearbeiten.',
    hint: 'Teilen Sie die Liste vorher auf, etwa mit einer Schleife in Portionen.',
  },
  merge_too_large: {
    text: 'Beim Zusammenführen entstünden zu viele Elemente.',
    hint: 'Filtern Sie die Eingänge vorher, oder vergleichen Sie Felder, die weniger Elemente gemeinsam haben.',
  },
  no_remote_calls: { text: 'Dieser Prozess nimmt keine langen Schritte an.', hint: 'Melden Sie es dem Betreiber.' },
  key_expired: {
    text: 'Es wurde nicht noch einmal gesendet: Die Antwort eines früheren Versuchs ging verloren, und der Dienst kennt dessen Schlüssel womöglich nicht mehr.',
    hint: 'Sehen Sie beim Dienst nach, ob es getan wurde, und setzen Sie den Lauf dann fort.',
  },
  not_done: { text: 'Eine Person hat nachgesehen: Es wurde nicht getan.', hint: 'Setzen Sie den Lauf fort, um es noch einmal zu tun.' },
  process_died: {
    text: 'Der Prozess, der daran arbeitete, ist abgestürzt.',
    hint: 'Der Lauf geht anderswo weiter; Sie müssen nichts tun.',
  },
  remote_lost: {
    text: 'Der lange Schritt endete ohne Ergebnis.',
    hint: 'Er hat nichts geändert. Starten Sie den Lauf noch einmal; geschieht es oft, melden Sie es dem Betreiber.',
  },
  remote_unknown: { text: 'Diesen Schritt kennt der Lauf nicht mehr.', hint: 'Starten Sie den Lauf noch einmal.' },
  scope_not_open: {
    text: 'Der Lauf ist in einem Rahmen durcheinandergeraten.',
    hint: 'Das ist ein Fehler im Programm. Melden Sie es dem Betreiber.',
  },
};
