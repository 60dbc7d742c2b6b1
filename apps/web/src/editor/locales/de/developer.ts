import type { Translation } from '../../../i18n/resources.ts';
import type { developerTexts as english } from '../en/developer.ts';

/** German texts for those who write node packages. */
export const developerTexts: Translation<typeof english> = {
  source: {
    title_one: 'Der Quelltext dieses Schritts hat einen Fehler',
    title_other: 'Der Quelltext dieses Schritts hat {{count}} Fehler',
    next: 'Was vorher geladen war, arbeitet weiter. Speichern Sie die Datei, sobald sie stimmt: Sie wird neu geladen.',
    card: 'Fehler im Quelltext',
  },
  sample: {
    title: 'Beispiel des Pakets',
    what: 'Nimmt, was dieser Schritt im letzten Lauf ergab, als Beispiel seines Typs. Geheimes und Persönliches wird ersetzt, bevor es geschrieben wird.',
    runFirst: 'Führen Sie den Workflow einmal aus: Was dieser Schritt ergibt, lässt sich dann als Beispiel seines Typs aufnehmen.',
    record: 'Beispiel aufnehmen',
    done_one: 'In {{file}} geschrieben; ein Wert wurde ersetzt.',
    done_other: 'In {{file}} geschrieben; {{count}} Werte wurden ersetzt.',
  },
};
