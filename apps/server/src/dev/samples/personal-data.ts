/** Names of fields about people, without case and signs, and what stands for what they hold. */
const BY_NAME: readonly (readonly [names: RegExp, standIn: string])[] = [
  [/^(?:first|given|nick|middle)name$/, 'Ada'],
  [/^(?:last|family|sur|maiden)name$|^surname$/, 'Lovelace'],
  [/^(?:full|display|real|person|contact|customer|user|owner|author|sender|recipient|account)name$/, 'Ada Lovelace'],
  [/^(?:user|login|username|screenname|handle)$/, 'ada'],
  [/^(?:street|streetaddress|address|addressline\d?|address\d|line[12])$/, '1 Example Street'],
  [/^(?:zip|zipcode|postal|postalcode|postcode)$/, '12345'],
  [/^(?:city|town)$/, 'Example'],
  [/^(?:birthday|birthdate|dateofbirth|dob|born)$/, '2000-01-31'],
  [/^(?:latitude|lat|longitude|lng|lon)$/, '0'],
  [/^(?:phone|phonenumber|mobile|mobilephone|cell|telephone|tel|fax)$/, '+15550100'],
];
/** What stands before a host in an address is no mailbox. */
const EMAIL = /(?<!\/\/|[\w.+%'-])[\w.+%'-]+@(?:[\w-]+\.)+[\w-]{2,}/g;
const PHONE = /(?<![\w.-])\+\d[\d ().-]{7,}\d(?![\w.-])/g;
const IP4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const CARD = /(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)/g;

function byName(name: string): string | null {
  const bare = name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  return BY_NAME.find(([names]) => names.test(bare))?.[1] ?? null;
}

function inText(text: string): string {
  return text
    .replace(EMAIL, 'ada@example.com')
    .replace(PHONE, '+15550100')
    .replace(IP4, '192.0.2.1')
    .replace(CARD, (found) => (found.replaceAll(/\D/g, '').length >= 13 && /[ -]/.test(found) ? '4242 4242 4242 4242' : found));
}

/** What stands for a value that is about a person, by the name of its field or by its look; null where it is about nobody. */
export function personalStandIn<T extends string | number>(name: string, value: T): T | null;
export function personalStandIn(name: string, value: string | number): string | number | null {
  const standIn = value === '' ? null : byName(name);
  if (typeof value === 'number') return standIn === null || Number.isNaN(Number(standIn)) ? null : Number(standIn);
  if (standIn !== null) return standIn;
  const safe = inText(value);
  return safe === value ? null : safe;
}
