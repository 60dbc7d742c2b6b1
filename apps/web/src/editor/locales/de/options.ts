import type { Translation } from '../../../i18n/resources.ts';
import type { optionTexts as english } from '../en/options.ts';

/** German texts of fields whose values a service knows. */
export const optionTexts: Translation<typeof english> = {
  options: {
    how: 'Wie „{{label}}“ angegeben wird',
    list: 'Aus der Liste',
    url: 'Per Adresse',
    id: 'Per ID',
    choose: 'Auswählen oder tippen, um zu suchen',
    open: 'Liste zeigen',
    refresh: 'Liste zu „{{label}}“ neu laden',
    loading: 'Die Liste wird geladen …',
    failed: 'Die Liste konnte nicht geladen werden.',
    none: 'Noch gibt es nichts auszuwählen.',
    noneFound: 'Zu „{{search}}“ wurde nichts gefunden.',
    more: 'Mehr zeigen',
    gone: '„{{value}}“ steht nicht mehr in der Liste. Es bleibt, bis Sie etwas anderes wählen.',
    needsConnection: 'Wählen Sie zuerst eine Verbindung: Mit ihr kommt die Liste.',
    needsField: 'Füllen Sie zuerst „{{field}}“ aus: Die Liste hängt davon ab.',
    needsValue: 'Die Liste hängt von „{{field}}“ ab, dessen Wert erst ein Lauf kennt. Geben Sie die ID an oder verwenden Sie Daten.',
    reconnect: 'Neu verbinden',
    retry: 'Noch einmal versuchen',
    enterId: 'Stattdessen die ID angeben',
    noId: 'In dieser Adresse steht keine ID. Kopieren Sie sie aus der Adresszeile des Dienstes.',
    kept: 'Die ID: {{id}}',
  },
};
