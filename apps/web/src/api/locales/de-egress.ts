import type { FaultText } from './de-problem.ts';

/** Errors of the way out to the network in German, by code. */
export const egress: Readonly<Record<string, FaultText>> = {
  egress_private_address: {
    text: 'Die Adresse liegt in einem privaten Netz; Workflows rufen nur öffentliche Adressen auf.',
    hint: 'Ist sie gewollt, trägt ein Admin sie in MILLWRIGHT_EGRESS_ALLOW ein.',
  },
  egress_host_denied: {
    text: 'Dieser Host steht auf der Liste derer, die dieser Arbeitsbereich nicht aufruft.',
    hint: 'Inhaber und Admins ändern sie unter Einstellungen, Netzwerk.',
  },
  egress_host_unlisted: {
    text: 'Dieser Arbeitsbereich ruft nur Hosts auf seiner Liste auf, und dieser steht nicht darauf.',
    hint: 'Inhaber und Admins ergänzen sie unter Einstellungen, Netzwerk.',
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
  egress_host_invalid: {
    text: 'Das ist kein Name und keine Adresse eines Servers.',
    hint: 'Schreiben Sie einen Namen oder eine Adresse, ohne Port und Pfad.',
  },
  client_certificate_required: {
    text: 'Der Dienst verlangt ein Client-Zertifikat.',
    hint: 'Legen Sie eine Verbindung der Art „Client-Zertifikat“ an und wählen Sie sie im Schritt.',
  },
  client_certificate_plain: {
    text: 'Ohne TLS lässt sich kein Client-Zertifikat vorzeigen.',
    hint: 'Schreiben Sie die Adresse mit https://.',
  },
  credential_certificate_expired: {
    text: 'Das Client-Zertifikat dieser Verbindung ist abgelaufen.',
    hint: 'Tragen Sie das jetzt gültige mit seinem Schlüssel ein.',
  },
  credential_certificate_refused: {
    text: 'Der Dienst nimmt das Client-Zertifikat dieser Verbindung nicht an.',
    hint: 'Tragen Sie eines ein, das der Dienst kennt.',
  },
};
