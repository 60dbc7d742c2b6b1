/** What was found, and what to do. */
export interface FaultText {
  readonly text: string;
  readonly hint: string;
}

/** Findings about a draft in German, by code of `packages/engine/src/compile` and `packages/expressions`. */
export const problem: Readonly<Record<string, FaultText>> = {
  trigger_missing: { text: 'Nichts startet diesen Workflow.', hint: 'Fügen Sie einen Auslöser hinzu, etwa einen Webhook.' },
  trigger_with_input: { text: 'Ein Auslöser startet den Workflow: Davor kann kein Schritt kommen.', hint: 'Löschen Sie die Linie zu ihm.' },
  timezone_unknown: {
    text: 'Die Zeitzone „{{timezone}}“ gibt es nicht.',
    hint: 'Wählen Sie in den Einstellungen des Workflows eine andere, etwa Europe/Berlin.',
  },
  node_source_fault: {
    text: '{{place}}: {{message}}',
    hint: 'Die Zeile: {{source}}',
  },
  node_unreachable: { text: 'Kein Auslöser führt zu diesem Schritt: Er läuft nie.', hint: 'Verbinden oder löschen Sie ihn.' },
  node_type_unknown: {
    text: 'Den Schritttyp „{{type}}“ gibt es hier nicht.',
    hint: 'Installieren Sie das Paket, das ihn hat, oder ersetzen Sie den Schritt.',
  },
  node_version_unknown: {
    text: 'Version {{version}} von „{{type}}“ ist hier nicht installiert.',
    hint: 'Ersetzen Sie den Schritt durch eine installierte Version.',
  },
  node_id_duplicate: { text: 'Zwei Schritte haben die Kennung „{{id}}“.', hint: 'Löschen Sie einen davon und fügen Sie ihn neu hinzu.' },
  edge_dangling: { text: 'Eine Linie führt zu „{{id}}“, aber diesen Schritt gibt es nicht.', hint: 'Löschen Sie die Linie.' },
  port_unknown: {
    text: 'Eine Linie hängt am Anschluss „{{port}}“, den der Schritt nicht hat.',
    hint: 'Löschen Sie die Linie und ziehen Sie sie neu.',
  },
  parent_unknown: {
    text: 'Der Abschnitt „{{id}}“, in dem dieser Schritt liegt, ist nicht mehr da.',
    hint: 'Verschieben Sie den Schritt heraus.',
  },
  input_missing: { text: 'Der Eingang „{{port}}“ braucht einen Schritt davor.', hint: 'Ziehen Sie eine Linie hinein.' },
  cycle_endless: {
    text: 'Diese Schritte drehen sich ohne Ende im Kreis: {{steps}}.',
    hint: 'Setzen Sie einen Schritt „Wenn“ in die Schleife, von dem ein Ausgang hinausführt.',
  },
  respond_missing: {
    text: 'Der Webhook wartet auf einen Schritt „Webhook beantworten“, aber keiner folgt.',
    hint: 'Fügen Sie einen hinzu, oder lassen Sie den Webhook sofort oder am Ende antworten.',
  },
  failure_handler_missing: {
    text: 'Der Workflow, der Fehlschläge behandelt, ist nicht aktiv.',
    hint: 'Wählen Sie einen anderen, oder veröffentlichen Sie ihn und schalten Sie ihn ein.',
  },
  failure_handler_without_trigger: {
    text: 'Der Workflow, der Fehlschläge behandelt, beginnt nicht mit „Wenn ein Lauf fehlschlägt“.',
    hint: 'Geben Sie ihm diesen Auslöser und veröffentlichen Sie ihn, oder wählen Sie einen anderen.',
  },
  setting_unused: {
    text: 'Die Wiederholungen oder die Zeitgrenze, die an „{{name}}“ eingestellt sind, bewirken dort nichts.',
    hint: 'Stellen Sie sie an den Schritten darin ein, oder geben Sie dem Workflow, der läuft, eine Zeitgrenze.',
  },
  setting_without_effect: {
    text: 'Die Einstellung „{{setting}}“ wird aufbewahrt, bewirkt aber noch nichts.',
    hint: 'Setzen Sie sie auf null. Läufe werden durch sie weder begrenzt, aufgeräumt noch benannt.',
  },
  respond_unused: {
    text: 'Kein Webhook, der auf diesen Schritt wartet, führt zu ihm: Niemand bekommt seine Antwort.',
    hint: 'Stellen Sie den Webhook so ein, dass dieser Schritt antwortet.',
  },
  parameter_required: { text: '„{{title}}“ muss ausgefüllt werden.', hint: 'Tragen Sie einen Wert ein.' },
  parameter_type: { text: '„{{title}}“ hat eine Art von Wert, die hier nicht passt.', hint: 'Ändern Sie den Wert.' },
  parameter_value: { text: '„{{title}}“ hat einen Wert, der hier nicht erlaubt ist.', hint: 'Ändern Sie den Wert.' },
  parameter_unknown: { text: '„{{title}}“ ist kein Feld dieses Schritts.', hint: 'Entfernen Sie es.' },
  expression_not_allowed: { text: '„{{title}}“ nimmt nur einen festen Wert, keinen Ausdruck.', hint: 'Tragen Sie den Wert selbst ein.' },
  variable_unknown: {
    text: 'In diesem Arbeitsbereich gibt es keine Variable „{{name}}“.',
    hint: 'Legen Sie sie unter Einstellungen › Variablen an, oder schreiben Sie ?? und einen Ersatzwert dahinter.',
  },
  env_not_allowed: {
    text: '„{{name}}“ aus der Umgebung des Servers ist in Ausdrücken nicht erlaubt.',
    hint: 'Ein Admin des Servers erlaubt es mit MILLWRIGHT_EXPRESSION_ENV={{allowed}} in dessen Einstellungen.',
  },
  expression_unknown_node: {
    text: 'Der Ausdruck nennt den Schritt „{{id}}“, den es nicht gibt.',
    hint: 'Wählen Sie einen der Schritte davor.',
  },
  code_syntax: {
    text: 'Zeile {{line}}: Der Code lässt sich nicht lesen ({{reason}}).',
    hint: 'Berichtigen Sie den Code an dieser Stelle.',
  },
  expression_syntax: { text: 'Der Ausdruck lässt sich nicht lesen.', hint: 'Prüfen Sie Klammern, Anführungszeichen und Punkte.' },
  expression_missing_key: { text: 'Der Ausdruck fragt nach etwas, das es hier nicht gibt.', hint: 'Wählen Sie die Daten neu aus.' },
  expression_type: {
    text: 'Der Ausdruck wendet eine Funktion auf einen Wert an, der nicht dazu passt.',
    hint: 'Prüfen Sie die Funktion und den Wert davor.',
  },
  expression_denied: {
    text: 'Der Ausdruck benutzt etwas, das in Ausdrücken nicht erlaubt ist.',
    hint: 'Nehmen Sie die Daten und Funktionen, die beim Tippen vorgeschlagen werden.',
  },
  expression_limit: { text: 'Der Ausdruck ist zu lang oder zu tief verschachtelt.', hint: 'Teilen Sie ihn auf mehrere Schritte auf.' },
  expression_lineage: {
    text: 'Es ist nicht klar, welches Element des anderen Schritts gemeint ist.',
    hint: 'Nennen Sie das Element, zum Beispiel mit first() oder last().',
  },
  credential_missing: {
    text: 'Dieser Schritt braucht eine Verbindung.',
    hint: 'Wählen Sie eine, oder verbinden Sie ein Konto.',
  },
  credential_forbidden: {
    text: 'Diese Verbindung gibt es nicht, oder Sie dürfen sie nicht benutzen.',
    hint: 'Wählen Sie eine von Ihren, oder bitten Sie ihren Eigentümer oder einen Administrator, sie mit Ihnen zu teilen.',
  },
  credential_reconnect: {
    text: 'Diese Verbindung muss neu verbunden werden: Läufe warten hier, bis das jemand tut.',
    hint: 'Öffnen Sie sie unter „Verbindungen“ und verbinden Sie sie neu.',
  },
  credential_type_wrong: {
    text: 'Dieser Schritt nimmt keine Verbindung dieser Art.',
    hint: 'Wählen Sie eine der richtigen Art.',
  },
  container_empty: { text: 'In diesem Rahmen liegt nichts.', hint: 'Legen Sie einen Schritt hinein, oder löschen Sie ihn.' },
  container_entry_missing: {
    text: 'In diesen Rahmen führt keine Linie: Die Schritte darin laufen nie.',
    hint: 'Ziehen Sie eine Linie vom inneren Anschluss links zum ersten Schritt darin.',
  },
  container_exit_missing: {
    text: 'Aus diesem Rahmen führt keine Linie: Die Schritte danach laufen nie.',
    hint: 'Ziehen Sie eine Linie vom letzten Schritt darin zum inneren Anschluss rechts.',
  },
  edge_crosses_border: {
    text: 'Die Linie von „{{from}}“ zu „{{to}}“ kreuzt den Rand eines Rahmens.',
    hint: 'Führen Sie sie durch die inneren Anschlüsse des Rahmens, oder verschieben Sie einen der Schritte.',
  },
  merge_never_released: {
    text: 'Dieser Schritt wartet auf alle seine Eingänge, aber in keinem Lauf bekommen alle etwas.',
    hint: 'Führen Sie alle Eingänge auf denselben Auslöser oder denselben Teil eines Rahmens zurück, oder nehmen Sie zwei Schritte.',
  },
  parent_cycle: { text: 'Dieser Schritt liegt in sich selbst.', hint: 'Nehmen Sie einen der Rahmen aus dem anderen heraus.' },
  parent_not_container: {
    text: 'Der Schritt, in dem dieser liegt, kann keine anderen enthalten.',
    hint: 'Nehmen Sie diesen Schritt heraus.',
  },
  port_duplicate: {
    text: '„{{port}}“ benennt schon einen anderen Ausgang dieses Schritts.',
    hint: 'Geben Sie jedem Ausgang einen eigenen Namen.',
  },
  respond_in_map: {
    text: 'Dieser Schritt läuft einmal je Element, aber ein Webhook wird nur einmal beantwortet.',
    hint: 'Legen Sie ihn hinter oder vor den Rahmen.',
  },
  trigger_in_container: { text: 'Ein Auslöser kann nicht in einem Rahmen liegen.', hint: 'Nehmen Sie den Auslöser heraus.' },
};
