import { denials } from '../../packages/expressions/src/compile/denied.ts';
import { newNames } from '../../packages/expressions/src/compile/new.ts';
import { operatorNames } from '../../packages/expressions/src/compile/operators.ts';
import { compileTemplate, createScope, defaultLimits, describeFunctions } from '../../packages/expressions/src/index.ts';
import { maxCallDepth, maxDepth, maxSegmentLength, maxSegments } from '../../packages/expressions/src/limits.ts';
import { longestPattern, mostRepeats } from '../../packages/expressions/src/runtime/pattern.ts';

const scope = createScope({
  items: [{ json: { name: 'Ann', age: 41, tags: ['a', 'b'], address: { city: 'Bonn' } } }],
  nowMs: Date.UTC(2026, 10, 21, 9, 30),
});

/** What can be written; each example is evaluated while the page is made. */
const SYNTAX: readonly (readonly [what: string, example: string])[] = [
  ['reading fields', "$json.address.city + $json['name'] + $json.tags[0]"],
  ['a default for what is missing', "$json.phone ?? 'none'"],
  ['reading on only where there is something', '$json.phone?.prefix'],
  ['arithmetic', '(1 + 2) * 3 ** 2 % 5'],
  ['comparison and choice', "$json.age >= 18 && $json.age !== 99 ? 'adult' : 'child'"],
  ['template texts', '`${$json.name} is ${$json.age}`'],
  ['lists, objects and spread', '({ ...$json.address, tags: [...$json.tags, 1] })'],
  ['functions of one expression', '$json.tags.map((tag, i) => tag + i)'],
  ['patterns as parameters', '[{ a: 1, b: 2 }].map(({ a, b = 3, ...rest }) => a + b)'],
  ['regular expressions', "'a1b2'.replace(/[0-9]/g, '-')"],
  ['functions with statements, called at once', '(() => { const x = $json.age; if (x > 40) { return x - 40 } return 0 })()'],
  ['loops and variables that change', '(() => { let sum = 0; for (const x of [1, 2, 3]) { sum += x } return sum })()'],
  ['lists and objects that the expression made can be changed', '$json.tags.reduce((counts, t) => { counts[t] = 1; return counts }, {})'],
  ['switch, break, continue', "(() => { switch ($json.name) { case 'Ann': return 1; default: return 2 } })()"],
  ['errors', "(() => { try { return JSON.parse('{') } catch (error) { return 'no JSON' } })()"],
  ['new', "[...new Set([1, 1, 2])].concat(new Date(0).getTime(), new Map([['a', 3]]).get('a'))"],
  ['dates', "DateTime.fromISO('2026-11-21').plus({ days: 1 }).toFormat('dd.MM.yyyy')"],
  ['types', "typeof $json.name + ('age' in $json)"],
];

const PROFILES = [
  'A missing path is an error that names the nearest key; `??`, `?.` and `typeof` make it optional.',
  'Imported workflows have `settings.expressions: "n8n"` and are read as n8n reads them: missing paths and unknown names are undefined, an ordinary mistake gives nothing (empty between texts), texts that are ISO dates have the functions of dates, lists and objects become text as in JavaScript. A node that does not exist, an item that cannot be traced, a wrong use of n8n\'s own functions, limits and refused syntax fail the step all the same.',
].join('\n\n');

const TITLES: Readonly<Record<string, string>> = {
  root: 'Roots',
  function: 'Functions',
  text: 'Text',
  number: 'Number',
  boolean: 'True and false',
  list: 'List',
  object: 'Object',
  date: 'Date',
  duration: 'Duration',
  pattern: 'Regular expression',
  set: 'Set',
  map: 'Map',
  nothing: 'Null and undefined',
};

/** The page `docs/expressions.md`: the language as the code has it. */
export function expressionsPage(): string {
  const types = Map.groupBy(describeFunctions(), ({ type }) => type);
  return [
    '# Expressions',
    'Made from the code by `npm run docs:expressions`; a test compares. A text that contains `{{` is an expression. One `{{ }}` alone keeps its type; text around it makes text.',
    section('Two ways of reading', PROFILES),
    section(
      'Syntax',
      table(
        ['what', 'example', 'gives'],
        SYNTAX.map(([what, example]) => [what, code(example), code(valueOf(example))]),
      ),
    ),
    `Operators: ${[...operatorNames, '!', '-x', '+x', '~', 'typeof', '? :'].map(code).join(' ')}. With \`new\`: ${newNames.map(code).join(' ')}.`,
    section('Refused by name', table(['syntax', 'why'], [...denials])),
    section('Bounds', table(['bound', 'value'], bounds())),
    ...[...types].map(([type, entries]) =>
      section(TITLES[type] ?? `\`${type}\``, table(['name', 'what it does', 'example'], entries.map(row))),
    ),
    '',
  ].join('\n\n');
}

function row({ name, signature, doc, example }: { name: string; signature: string; doc: string; example: string }): readonly string[] {
  return [code(name + signature), doc, code(example)];
}

function bounds(): readonly (readonly [string, string])[] {
  const shown = (value: number): string => value.toLocaleString('en-US');
  return [
    ['work per evaluation, units (about 0.1 µs each)', shown(defaultLimits.fuel)],
    ['text made, UTF-16 units', shown(defaultLimits.textLength)],
    ['list made, elements', shown(defaultLimits.listLength)],
    ['result as JSON, characters', shown(defaultLimits.outputSize)],
    ['nesting of source and of data', shown(maxDepth)],
    ['nesting of running functions, as source', shown(maxCallDepth)],
    ['one `{{ }}`, UTF-16 units', shown(maxSegmentLength)],
    ['`{{ }}` in one text', shown(maxSegments)],
    ['regular expression, UTF-16 units', shown(longestPattern)],
    ['sum of repeats `{n}` in a regular expression', shown(mostRepeats)],
  ];
}

function section(title: string, body: string): string {
  return `## ${title}\n${body}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Code in a table: bars would end the cell, backticks the code. */
function code(text: string): string {
  const inner = text.replaceAll('|', '\\|');
  return inner.includes('`') ? `\`\` ${inner} \`\`` : `\`${inner}\``;
}

function valueOf(example: string): string {
  return JSON.stringify(compileTemplate(`{{ ${example} }}`).evaluate(scope));
}
