import type { Translation } from '../../../i18n/resources.ts';
import type en from './en.ts';

const de: Translation<typeof en> = {
  title: 'Läufe',
  live: 'Live',
  liveHint: 'Neue Läufe erscheinen von selbst.',
  lost: 'Verbindet neu …',
  lostHint: 'Die Liste kann veraltet sein. Sie holt auf, sobald der Server erreicht ist.',
  filters: {
    status: 'Status',
    workflow: 'Workflow',
    anyStatus: 'Jeder Status',
    anyWorkflow: 'Alle Workflows',
    unknownWorkflow: 'Dieser Workflow',
    clear: 'Filter leeren',
  },
  columns: { run: 'Workflow', status: 'Status', started: 'Begonnen', duration: 'Dauer', outcome: 'Was geschah' },
  version: 'v{{version}}',
  mode: { webhook: 'durch Webhook', manual: 'von Hand' },
  open: '{{workflow}}, {{status}}, begonnen {{time}}',
  soFar: 'bisher {{duration}}',
  reason: {
    error: 'Ein Schritt ist fehlgeschlagen.',
    timeout: 'Er dauerte länger als erlaubt.',
    user: 'Eine Person hat ihn abgebrochen.',
    terminated: 'Er wurde von außen beendet.',
    limit: 'Er hat eine Grenze des Arbeitsbereichs erreicht.',
  },
  item: 'Element {{number}}: {{text}}',
  empty: {
    title: 'Noch kein Lauf',
    text: 'Ein Lauf beginnt, wenn ein veröffentlichter Workflow aufgerufen wird. Veröffentlichen Sie einen und senden Sie ihm ein Test-Ereignis.',
    action: 'Zu den Workflows',
  },
  noMatch: { title: 'Kein Lauf passt zu diesen Filtern', text: 'Passende Läufe erscheinen hier von selbst.' },
};

export default de;
