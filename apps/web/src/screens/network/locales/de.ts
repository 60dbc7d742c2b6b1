import type en from './en.ts';

/** Texte von Einstellungen › Netzwerk. */
const de: typeof en = {
  intro:
    'Workflows dieses Arbeitsbereichs dürfen jede öffentliche Adresse aufrufen, solange Sie nichts anderes sagen. Adressen Ihres eigenen Netzes sind immer geschlossen; wer den Server betreibt, kann einzelne öffnen.',
  forbiddenTitle: 'Sie dürfen die Netzwerkregeln nicht sehen',
  title: 'Hosts',
  hint: 'Einer je Zeile, zum Beispiel api.example.com, oder *.example.com für alles darunter. Ohne https:// und Port.',
  allow: 'Nur diese Hosts',
  allowHint:
    'Leer lassen, um jeden öffentlichen Host zu erlauben. Steht hier einer, erreichen Schritte, Programme und Verbindungen nichts anderes.',
  deny: 'Nie diese Hosts',
  denyHint: 'Sie bleiben geschlossen, auch wenn sie oben stehen.',
  effect: 'Gilt wenige Sekunden nach dem Speichern, auch für laufende Läufe. Ein abgelehnter Schritt sagt das und sendet nichts.',
  strict_one: 'Workflows erreichen dann nur {{count}} Host. Auch die Anmeldeserver Ihrer Verbindungen müssen auf der Liste stehen.',
  strict_other: 'Workflows erreichen dann nur {{count}} Hosts. Auch die Anmeldeserver Ihrer Verbindungen müssen auf der Liste stehen.',
  invalid: '„{{host}}“ ist kein Host. Schreiben Sie ihn wie api.example.com oder *.example.com, ohne https:// und Port.',
  tooMany: 'Eine Liste fasst höchstens 200 Hosts.',
  save: 'Regeln speichern',
  saved: 'Die Regeln sind gespeichert',
};

export default de;
