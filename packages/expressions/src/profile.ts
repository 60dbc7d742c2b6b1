/**
 * How an expression is read. `millwright`: a missing path is an error with a proposal. `n8n`: as n8n does, for imported workflows:
 * missing paths and unknown names are undefined, ordinary mistakes give nothing, texts that are ISO dates have the functions of dates.
 */
export type Profile = 'millwright' | 'n8n';

/**
 * Names of n8n's own functions on dates. In its profile a text that is an ISO date has them too (n8n-corpus §10).
 * `toDateTime` and `toDate` stay those of texts, as in n8n.
 */
const dateExtensions: ReadonlySet<string> = new Set([
  'beginningOf',
  'diffTo',
  'diffToNow',
  'endOfMonth',
  'extract',
  'format',
  'isBetween',
  'isDst',
  'isInLast',
  'isWeekend',
  'minus',
  'plus',
]);

const otherExtensions: ReadonlySet<string> = new Set(
  `append average base64Decode base64Encode ceil chunk compact difference extractDomain extractEmail extractUrl extractUrlPath first floor
  hasField hash intersection isDomain isEmail isEven isInteger isNumeric isOdd isUrl keepFieldsContaining last merge
  parseJson pluck quote randomItem removeDuplicates removeField removeFieldsContaining removeMarkdown removeTags renameKeys
  replaceSpecialChars round smartJoin sum toBoolean toDate toDateTime toFloat toInt toJsonString toNumber toSentenceCase toSnakeCase
  toTitleCase union unique urlDecode urlEncode`.split(/\s+/u),
);

/** Whether a function is n8n's own on dates. */
export function isDateExtension(name: string): boolean {
  return dateExtensions.has(name);
}

/** Whether a function is n8n's own: calling it wrongly fails the node even in n8n, where JavaScript's functions give nothing. */
export function isExtension(name: string): boolean {
  return dateExtensions.has(name) || otherExtensions.has(name);
}
