/** Words that people write in capitals. */
const CAPITALS = new Set([
  'id',
  'ids',
  'url',
  'urls',
  'uri',
  'api',
  'ip',
  'sms',
  'html',
  'json',
  'xml',
  'csv',
  'pdf',
  'sku',
  'vat',
  'iban',
  'utc',
  'ssl',
  'ssh',
  'dns',
  'http',
  'https',
  'uuid',
  'crm',
  'sso',
  'tls',
  'vpc',
  'ttl',
]);
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ', '&amp;': '&' };

/** The words of a name in any case: `customerId`, `customer_id`, `Customer-ID` → customer, id. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** A name as the label of a field: `customer_id` → `Customer ID`. */
export function labelOf(name: string): string {
  const words = wordsOf(name).map((word) =>
    CAPITALS.has(word)
      ? word.replace(/^[a-z]+/, (text) => (text === 'ids' || text === 'urls' ? `${text.slice(0, -1).toUpperCase()}s` : text.toUpperCase()))
      : word,
  );
  const text = words.join(' ');
  return text === '' ? name : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** Words as one name: `create`, `for`, `org` → `createForOrg`; begins with a letter. */
export function camelOf(words: readonly string[]): string {
  const plain = words.map((word) => word.normalize('NFKD').replaceAll(/[^\da-z]/g, '')).filter((word) => word !== '');
  const name = plain.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
  return /^[a-z]/.test(name) ? name : name === '' ? '' : `n${name}`;
}

/** A vendor's text without markup, on one line, at most so long. */
export function plainText(text: string, most = 300): string {
  const plain = text
    .replaceAll(/<[^<>]{1,500}>/g, ' ')
    .replaceAll(/&(lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? ' ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*#]+/g, '')
    .replaceAll('{{', '{ {')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,;:!?])(?= |$)/g, '$1')
    .trim();
  if (plain.length <= most) return plain;
  const cut = plain.slice(0, most - 1);
  const end = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf(' '));
  return `${cut.slice(0, end > most / 2 ? end : most - 1).trimEnd()}…`;
}

/** A name that is not taken: `list`, `list2`, `list3`. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(wanted)) return wanted;
  for (let count = 2; ; count++) if (!isTaken(`${wanted}${count}`)) return `${wanted}${count}`;
}
