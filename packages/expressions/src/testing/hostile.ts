import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { templateCache } from '../template-cache.ts';
import { escapes, hostileScope } from './escapes.ts';

setFlagsFromString('--expose-gc');
/** The collector, which is not there unless asked for. */
const collect = runInNewContext('gc') as () => void;

/** Expressions with something new each time: what is kept by name would grow. */
const everNew: readonly ((n: number) => string)[] = [
  (n) => `$json.field${n}`,
  (n) => `unknown${n}()`,
  (n) => `"${n}".toDateTime()`,
  (n) => `$now.setZone("Zone/${n}")`,
  (n) => `$now.setZone("UTC+${n % 24}:${n % 60}").toISO()`,
  (n) => `$now.setZone("${mixedCase('europe/berlin', n)}").toISO()`,
  (n) => `$now.setLocale("${letters(n)}").toFormat("MMMM")`,
  (n) => `$now.setLocale("de-${letters(n).slice(0, 2).toUpperCase()}").toFormat("EEEE")`,
  (n) => `$now.toFormat("'${n}' yyyy")`,
  (n) => `$now.toLocaleString("en-US", { hour12: ${n % 2 === 0}, fractionalSecondDigits: ${(n % 3) + 1}, calendar: "${letters(n)}" })`,
  (n) => `DateTime.fromFormat("${n}", "'${n}'yyyy")`,
  (n) => `new RegExp("a${n}(b)?").test("a${n}")`,
  (n) => `"x${n}".replace(/x${n}/, "y")`,
  (n) => `$("node${n}").item.json`,
  (n) => `$jmespath({ a: ${n} }, "a${n} || a")`,
  (n) => `({ ["key${n}"]: ${n} })`,
  (n) => `(${n}).toLocaleString("en-US", { style: "unit", unit: "${letters(n)}" })`,
  (n) => `Array(2000).fill("${n}").map(x => x + ${n}).join("").length`,
];

function letters(n: number): string {
  return String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26), 97 + (Math.floor(n / 676) % 26));
}

function mixedCase(text: string, n: number): string {
  return Array.from(text, (letter, index) => ((n >> (index % 12)) % 2 === 0 ? letter : letter.toUpperCase())).join('');
}

/** Bytes of live heap, after the collector. */
function heapBytes(): number {
  collect();
  collect();
  return getHeapStatistics().used_heap_size;
}

/**
 * Evaluates hostile expressions, one after the other, most of them with something new in them, a quarter from the corpus of escapes.
 * @param onSlice is told how many are done, ten times
 * @returns live heap after a tenth of them (everything is loaded and every cache full), and at the end, in bytes
 */
export function heapOverHostile(count: number, onSlice?: (done: number) => void): { readonly before: number; readonly after: number } {
  // Bombs are for the time that they take, and other tests look at them.
  const corpus = escapes().filter(({ file }) => file !== 'bombs.txt');
  const scope = hostileScope();
  const slice = Math.ceil(count / 10);
  let before = 0;
  for (let n = 0; n < count; n += 1) {
    const made = n % 4 === 3 ? undefined : everNew[n % everNew.length]?.(n);
    const source = `{{ ${made ?? corpus[n % corpus.length]?.expression ?? ''} }}`;
    try {
      templateCache.compile(source, { profile: n % 8 < 4 ? 'millwright' : 'n8n' }).evaluate(scope);
    } catch {
      // What comes of it is judged elsewhere.
    }
    if ((n + 1) % slice === 0) onSlice?.(n + 1);
    if (n + 1 === slice) before = heapBytes();
  }
  return { before, after: heapBytes() };
}
