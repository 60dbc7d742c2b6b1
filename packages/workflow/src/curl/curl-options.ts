import { IGNORED, NOTED, NOTED_WITH_VALUE, SHORT, SILENT } from './option-names.ts';
import { curlFault, splitCommand, type CommandWord } from './split-command.ts';
import type { CurlPair } from './read-curl.ts';

/** What the options of a command say, before it is a request. */
export interface CurlOptions {
  method: string | null;
  url: string;
  readonly headers: CurlPair[];
  /** Pieces of the body, each encoded as its option asks. */
  readonly data: string[];
  readonly parts: { readonly name: string; readonly value: string; readonly isFile: boolean }[];
  user: string | null;
  isGet: boolean;
  isHead: boolean;
  isJson: boolean;
  readonly notes: string[];
}

/** Where one option stands, and what it was given. */
interface Given {
  readonly text: string;
  readonly value: string;
  readonly at: number;
}

type Apply = (options: CurlOptions, given: Given) => void;

function fileFault({ text, at }: Given): Error {
  return curlFault(text, at, { message: 'the command reads a file of that computer', hint: 'Put the content of the file in its place.' });
}

function addHeader(options: CurlOptions, given: Given): void {
  const { value } = given;
  if (value.startsWith('@')) throw fileFault(given);
  const at = value.indexOf(':', value.startsWith(':') ? 1 : 0);
  // `Name;` sends the header empty; `Name:` takes a default header away.
  if (at < 0 && !value.endsWith(';'))
    throw curlFault(given.text, given.at, {
      message: `the header "${value.slice(0, 60)}" has no colon`,
      hint: 'Headers are written as "Name: value".',
    });
  const name = at < 0 ? value.slice(0, -1) : value.slice(0, at).trim();
  const content = at < 0 ? '' : value.slice(at + 1).trim();
  if (content !== '' || at < 0) options.headers.push({ name, value: content });
}

/** `name=value` encoded in its value, `=value` and `value` as a whole (man curl, --data-urlencode). */
function encoded(given: Given): string {
  const { value } = given;
  const at = value.indexOf('=');
  if (at < 0 && value.includes('@')) throw fileFault(given);
  if (at >= 0 && value.slice(0, at).includes('@')) throw fileFault(given);
  const name = at > 0 ? `${value.slice(0, at)}=` : '';
  return `${name}${encodeURIComponent(at < 0 ? value : value.slice(at + 1))}`;
}

function addPart(options: CurlOptions, given: Given, isLiteral: boolean): void {
  const at = given.value.indexOf('=');
  if (at < 1)
    throw curlFault(given.text, given.at, {
      message: `the form field "${given.value.slice(0, 60)}" has no "="`,
      hint: 'Form fields are written as name=value, files as name=@file.',
    });
  const value = given.value.slice(at + 1);
  const isFile = !isLiteral && /^[@<]/.test(value);
  options.parts.push({
    name: given.value.slice(0, at),
    value: isFile ? (value.slice(1).split(';')[0] ?? '').replaceAll('"', '') : value,
    isFile,
  });
}

const data: Apply = (options, given) => {
  if (given.value.startsWith('@')) throw fileFault(given);
  options.data.push(given.value);
};

const WITH_VALUE: Readonly<Record<string, Apply>> = {
  request: (options, { value }) => {
    options.method = value;
  },
  url: (options, { value }) => {
    options.url ||= value;
  },
  header: addHeader,
  data,
  'data-ascii': data,
  'data-binary': data,
  'data-raw': (options, { value }) => void options.data.push(value),
  'data-urlencode': (options, given) => void options.data.push(encoded(given)),
  json: (options, given) => {
    data(options, given);
    options.isJson = true;
    if (!options.headers.some(({ name }) => name.toLowerCase() === 'accept'))
      options.headers.push({ name: 'Accept', value: 'application/json' });
  },
  form: (options, given) => addPart(options, given, false),
  'form-string': (options, given) => addPart(options, given, true),
  user: (options, { value }) => {
    options.user = value;
  },
  'oauth2-bearer': (options, { value }) => void options.headers.push({ name: 'Authorization', value: `Bearer ${value}` }),
  cookie: (options, { value }) => {
    if (value.includes('=')) options.headers.push({ name: 'Cookie', value });
    else options.notes.push('The file of cookies was left out.');
  },
  'user-agent': (options, { value }) => void options.headers.push({ name: 'User-Agent', value }),
  referer: (options, { value }) => void options.headers.push({ name: 'Referer', value }),
  'upload-file': (_options, given) => {
    throw fileFault(given);
  },
  config: (_options, given) => {
    throw fileFault(given);
  },
  'url-query': (options, given) => {
    options.url = `${options.url}${options.url.includes('?') ? '&' : '?'}${encoded(given)}`;
  },
};

const SWITCHES: Readonly<Record<string, Apply>> = {
  get: (options) => {
    options.isGet = true;
  },
  head: (options) => {
    options.isHead = true;
  },
};

/** Goes through the words; an option takes the rest of its word, or the next one. */
class Reader {
  readonly #text: string;
  readonly #words: readonly CommandWord[];
  readonly #options: CurlOptions;
  #at = 1;

  constructor(text: string, words: readonly CommandWord[], options: CurlOptions) {
    this.#text = text;
    this.#words = words;
    this.#options = options;
  }

  run(): void {
    for (let word = this.#next(); word !== undefined; word = this.#next()) {
      if (word.text.startsWith('--') && word.text.length > 2) this.#long(word);
      else if (word.text.startsWith('-') && word.text.length > 1) this.#short(word);
      else if (word.text !== '--') this.#address(word);
    }
  }

  #next(): CommandWord | undefined {
    return this.#words[this.#at++];
  }

  #address(word: CommandWord): void {
    if (this.#options.url === '') this.#options.url = word.text;
    else this.#options.notes.push(`A second address was left out: ${word.text.slice(0, 80)}`);
  }

  #long(word: CommandWord): void {
    const [, name = '', , value] = /^--([^=]+)(=(.*))?$/s.exec(word.text) ?? [];
    this.#apply({ name, word, value });
  }

  #short(word: CommandWord): void {
    for (let index = 1; index < word.text.length; index++) {
      const letter = word.text[index] ?? '';
      const name = SHORT[letter];
      if (name === undefined) throw this.#unknown(`-${letter}`, word.at + index);
      if (!this.#takesValue(name)) {
        this.#apply({ name, word, value: undefined });
        continue;
      }
      const rest = word.text.slice(index + 1);
      return this.#apply({ name, word, value: rest === '' ? undefined : rest });
    }
  }

  #takesValue(name: string): boolean {
    return WITH_VALUE[name] !== undefined || IGNORED.has(name) || NOTED_WITH_VALUE.has(name);
  }

  #unknown(option: string, at: number): Error {
    return curlFault(this.#text, at, {
      message: `the option ${option} is not known`,
      hint: 'Leave it out, or write the request into the step by hand.',
    });
  }

  #apply({ name, word, value }: { readonly name: string; readonly word: CommandWord; readonly value: string | undefined }): void {
    if (!this.#takesValue(name)) {
      const note = NOTED[name];
      if (note !== undefined) this.#options.notes.push(note);
      else if (SWITCHES[name] !== undefined) SWITCHES[name](this.#options, { text: this.#text, value: '', at: word.at });
      else if (!SILENT.has(name)) throw this.#unknown(`--${name}`, word.at);
      return;
    }
    const next = value === undefined ? this.#next() : { text: value, at: word.at };
    if (next === undefined)
      throw curlFault(this.#text, word.at, { message: `the option ${word.text} has no value`, hint: 'Copy the whole command.' });
    const note = NOTED[name];
    if (note !== undefined) this.#options.notes.push(note);
    WITH_VALUE[name]?.(this.#options, { text: this.#text, value: next.text, at: next.at });
  }
}

function addressOf(text: string, url: string, at: number): string {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`;
  if (!/^https?:\/\//i.test(whole) || !URL.canParse(whole))
    throw curlFault(text, at, {
      message: `"${url.slice(0, 100)}" is no address that a step can call`,
      hint: 'Use an address that begins with https:// or http://.',
    });
  return whole;
}

/**
 * Reads the options of a cURL command.
 * @throws UserError `curl_invalid`
 */
export function readOptions(text: string): CurlOptions {
  const trimmed = text.replace(/^\s*[$>]\s+(?=curl)/, (prompt) => ' '.repeat(prompt.length));
  const { words, rest } = splitCommand(trimmed);
  const [first] = words;
  if (first === undefined || !/^(.*[\\/])?curl(\.exe)?$/i.test(first.text))
    throw curlFault(text, first?.at ?? 0, {
      message: 'this is no cURL command',
      hint: 'A cURL command begins with "curl". In browsers: network list, right click, Copy as cURL.',
    });
  const options: CurlOptions = {
    method: null,
    url: '',
    headers: [],
    data: [],
    parts: [],
    user: null,
    isGet: false,
    isHead: false,
    isJson: false,
    notes: [],
  };
  new Reader(trimmed, words, options).run();
  if (options.url === '')
    throw curlFault(text, first.at, { message: 'the command has no address', hint: 'Copy the whole command, with its address.' });
  const at = words.find((word) => word.text === options.url)?.at ?? first.at;
  options.url = addressOf(text, options.url, at);
  if (trimmed.slice(rest).trim() !== '') options.notes.push('What follows the command was left out.');
  return options;
}
