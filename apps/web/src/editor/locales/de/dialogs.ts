/** Texte der Dialoge und Bereiche, die auf Wunsch aufgehen. */
export const dialogTexts = {
  pasteAddress: {
    reading: 'Es wird gelesen, was bei {{host}} liegt …',
    failed: 'Von {{host}} wurde nichts eingefügt',
    address_not_found:
      'An dieser Adresse gibt es nichts zu lesen. Öffnen Sie sie im Browser: Dort muss ohne Anmeldung das JSON eines Workflows stehen.',
    address_no_steps: 'Dort liegt kein Workflow. Die Adresse muss das JSON eines Workflows oder kopierter Schritte zeigen.',
    address_newer: 'Was dort liegt, stammt aus einer neueren Version von Millwright. Diese hier muss erst aktualisiert werden.',
    address_invalid: 'Was dort liegt, sieht nach Schritten aus, lässt sich aber nicht lesen. Exportieren Sie den Workflow noch einmal.',
    egress_too_large: 'Was dort liegt, ist zu groß: Bis zu 4 MB lassen sich einfügen.',
    egress_timeout: 'Die Adresse hat nicht rechtzeitig geantwortet. Versuchen Sie es wieder, oder kopieren Sie den Text im Browser.',
  },
  removeFrame: {
    title: '„{{name}}“ löschen?',
    body_one:
      'Darin liegt {{count}} Schritt. Er kann mit gelöscht werden oder bleiben, wo der Rahmen jetzt ist. Rückgängig holt alles zurück.',
    body_other:
      'Darin liegen {{count}} Schritte. Sie können mit gelöscht werden oder bleiben, wo der Rahmen jetzt ist. Rückgängig holt alles zurück.',
    cancel: 'Nichts löschen',
    keep: 'Nur den Rahmen löschen, Inhalt behalten',
    all_one: '{{count}} Schritt löschen',
    all_other: 'Alle {{count}} Schritte löschen',
    more_one: 'und {{count}} weiterer',
    more_other: 'und {{count}} weitere',
  },
  workflowSettings: {
    title: 'Einstellungen des Workflows',
    intro: 'Sie gehören zum Entwurf: Läufe folgen ihnen, sobald er veröffentlicht ist.',
    done: 'Zurück zum Workflow',
    order: 'Wenn Schritte gleichzeitig laufen könnten',
    orders: { parallel: 'Gleichzeitig ausführen', sequential: 'Einen nach dem anderen' },
    orderHints: {
      parallel: 'Zweige warten nicht aufeinander. So geht es am schnellsten.',
      sequential: 'Ein Zweig wird fertig, bevor der nächste beginnt, von oben nach unten.',
    },
    timeout: 'Längste Dauer eines Laufs',
    timeoutHint: 'Ein Lauf, der länger dauert, endet als fehlgeschlagen. Warten zählt mit.',
    noTimeout: 'Keine Grenze',
    onFailure: 'Wenn ein Lauf fehlschlägt, starten',
    onFailureHint:
      'Jener Workflow bekommt den Namen von diesem, den fehlgeschlagenen Schritt und dessen Fehler. Er muss mit „Wenn ein Lauf fehlschlägt“ beginnen.',
    noHandler: 'Nichts',
    save: 'Daten der Läufe behalten',
    saves: { all: 'Von jedem Lauf', failures: 'Nur von fehlgeschlagenen Läufen', none: 'Nie' },
    saveHints: {
      all: 'Sie können später ansehen, was in jeden Schritt hinein- und herausging.',
      failures: 'Läufe, die gut gingen, zeigen ihre Schritte, aber nicht ihre Daten.',
      none: 'Läufe zeigen ihre Schritte, aber nie ihre Daten. Ein fehlgeschlagener Lauf lässt sich dann nicht fortsetzen.',
    },
    timezone: 'Zeitzone',
    timezoneHint: 'Daten und Zeitpläne dieses Workflows folgen ihr. Ihr Gerät ist in {{device}}.',
  },
  drawer: { label: 'Daten, Probleme und Läufe', data: 'Daten vor diesem Schritt', close: 'Bereich schließen' },
  shortcuts: {
    title: 'Tastenkürzel',
    hint: 'Einzelne Buchstaben wirken, solange die Zeichenfläche die Tastatur hat.',
    step: 'Schritte',
    edit: 'Bearbeiten',
    arrange: 'Anordnen, Notizen, Abschnitte',
    view: 'Ansicht',
    workflow: 'Workflow',
    moving: 'Auf der Zeichenfläche',
    arrows: 'Entlang der Linien gehen',
    escape: 'Zurück, abbrechen, nichts auswählen',
  },
} as const;
