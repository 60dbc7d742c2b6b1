import type { FaultText } from './de-problem.ts';

const LATER = 'Versuchen Sie es später noch einmal, oder fragen Sie den Betreiber des Dienstes.';

/** Errors of runs in German, by code. The English original, with names and values, is shown beside. */
export const run: Readonly<Record<string, FaultText>> = {
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
  egress_private_address: {
    text: 'Die Adresse liegt in einem privaten Netz; Workflows rufen nur öffentliche Adressen auf.',
    hint: 'Ist sie gewollt, trägt ein Admin sie in MILLWRIGHT_EGRESS_ALLOW ein.',
  },
  egress_url_invalid: {
    text: 'Die Adresse ist keine vollständige URL.',
    hint: 'Schreiben Sie sie ganz aus, zum Beispiel https://api.example.com/items.',
  },
  egress_scheme: { text: 'Adressen dieser Art lassen sich nicht aufrufen.', hint: 'Nehmen Sie http:// oder https://.' },
  egress_url_credentials: {
    text: 'Die Adresse enthält einen Benutzernamen oder ein Kennwort.',
    hint: 'Senden Sie beides in einem Authorization-Header.',
  },
  egress_port: {
    text: 'Dieser Port ist für Workflows geschlossen.',
    hint: 'Ist er gewollt, trägt ein Admin Namen und Port in MILLWRIGHT_EGRESS_ALLOW ein.',
  },
  egress_header: {
    text: 'Einer der Header darf so nicht gesetzt werden.',
    hint: 'Lassen Sie ihn weg, oder schreiben Sie seinen Wert in eine Zeile.',
  },
  egress_method: { text: 'Diese Methode lässt sich nicht senden.', hint: 'Nehmen Sie GET, POST, PUT, PATCH, DELETE, HEAD oder OPTIONS.' },
  egress_request_invalid: {
    text: 'Die Anfrage ist nicht richtig gebildet.',
    hint: 'Prüfen Sie Methode und Header: Namen ohne Leerzeichen, Werte ohne Zeilenumbruch.',
  },
  egress_request_too_large: { text: 'Die Anfrage ist zu groß.', hint: 'Senden Sie sie in kleineren Teilen.' },
  egress_too_large: { text: 'Die Antwort des Dienstes ist zu groß.', hint: 'Fragen Sie weniger Elemente auf einmal ab.' },
  egress_headers_too_large: { text: 'Der Dienst schickt zu große Header.', hint: 'Er lässt sich von hier nicht aufrufen.' },
  egress_headers_too_many: { text: 'Der Dienst schickt zu viele Header.', hint: 'Er lässt sich von hier nicht aufrufen.' },
  egress_encoding: {
    text: 'Die Antwort ist auf eine Art gepackt, die wir nicht lesen können.',
    hint: 'Der Dienst muss mit gzip, deflate, br oder ungepackt antworten.',
  },
  egress_redirects: { text: 'Der Dienst leitet zu oft weiter.', hint: 'Rufen Sie die letzte Adresse direkt auf.' },
  egress_redirect_downgrade: {
    text: 'Der Dienst leitet von https auf http um.',
    hint: 'Rufen Sie die letzte Adresse direkt mit https auf.',
  },
  egress_timeout: {
    text: 'Der Dienst hat nicht rechtzeitig geantwortet.',
    hint: 'Die Anfrage kann trotzdem gewirkt haben: Sehen Sie beim Dienst nach, bevor Sie sie noch einmal senden. Ist er nur langsam, geben Sie dem Schritt in seinen Einstellungen mehr Zeit.',
  },
  egress_host_unknown: { text: 'Den Namen in der Adresse gibt es nicht.', hint: 'Prüfen Sie die Adresse auf Tippfehler.' },
  egress_certificate: {
    text: 'Dem Zertifikat des Dienstes ist nicht zu trauen.',
    hint: 'Der Dienst braucht ein Zertifikat, das eine öffentliche Stelle für diesen Namen unterschrieben hat.',
  },
  egress_unreachable: { text: 'Der Dienst war nicht zu erreichen.', hint: 'Prüfen Sie, ob er läuft, und versuchen Sie es noch einmal.' },
  egress_answer_lost: {
    text: 'Die Anfrage ging hinaus, aber die Antwort ging verloren.',
    hint: 'Sie kann trotzdem gewirkt haben: Sehen Sie beim Dienst nach, bevor Sie sie noch einmal senden.',
  },
  answer_lost: { text: 'Die Antwort des Dienstes ging verloren.', hint: 'Prüfen Sie beim Dienst, was die Anfrage bewirkt hat.' },
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
