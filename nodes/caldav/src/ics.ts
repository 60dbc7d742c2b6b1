/** One line of a calendar file; the value as it stands there, escaped. */
export interface IcsProperty {
  readonly name: string;
  /** `;TZID=Europe/Berlin`, as it stands there; empty for none. */
  readonly parameters: string;
  readonly value: string;
}

/** What stands between BEGIN and END. Everything of other programs is kept as it stands. */
export interface IcsComponent {
  readonly name: string;
  readonly properties: readonly IcsProperty[];
  readonly components: readonly IcsComponent[];
}

const LINE = /^([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/s;
/** Octets of a written line at most (RFC 5545, 3.1). */
const MOST_OCTETS = 75;

function parseLine(line: string): IcsProperty {
  const [, name, parameters = '', value = ''] = LINE.exec(line) ?? [];
  if (name === undefined) throw new SyntaxError('a line without name and value');
  return { name: name.toUpperCase(), parameters, value };
}

interface Open {
  readonly name: string;
  readonly properties: IcsProperty[];
  readonly components: IcsComponent[];
}

/** Reads a file of one VCALENDAR. @throws SyntaxError for what is none */
export function parseIcs(text: string): IcsComponent {
  const root: Open = { name: '', properties: [], components: [] };
  const open: Open[] = [root];
  for (const line of text
    .replace(/^\uFEFF/, '')
    .replaceAll(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const property = parseLine(line);
    const inner = open.at(-1) ?? root;
    const named = property.value.trim().toUpperCase();
    if (property.name === 'BEGIN') open.push({ name: named, properties: [], components: [] });
    else if (property.name !== 'END') inner.properties.push(property);
    else if (open.length < 2 || inner.name !== named) throw new SyntaxError('an END without its BEGIN');
    else {
      open.pop();
      (open.at(-1) ?? root).components.push(inner);
    }
  }
  const [calendar] = root.components;
  if (open.length > 1 || root.properties.length > 0 || calendar?.name !== 'VCALENDAR') throw new SyntaxError('no VCALENDAR');
  return calendar;
}

function folded(line: string): string {
  let [written, octets] = ['', 0];
  for (const character of line) {
    const more = Buffer.byteLength(character);
    if (octets + more > MOST_OCTETS) [written, octets] = [`${written}\r\n `, 1];
    written += character;
    octets += more;
  }
  return `${written}\r\n`;
}

/** Writes a component as text, lines folded. */
export function writeIcs({ name, properties, components }: IcsComponent): string {
  const lines = properties.map((one) => folded(`${one.name}${one.parameters}:${one.value}`)).join('');
  return `BEGIN:${name}\r\n${lines}${components.map(writeIcs).join('')}END:${name}\r\n`;
}

/** The first property of a name. */
export function propertyOf(component: IcsComponent, name: string): IcsProperty | undefined {
  return component.properties.find((one) => one.name === name);
}

/** A parameter's value without quotes; empty for none. */
export function parameterOf({ parameters }: IcsProperty, name: string): string {
  const found = [...parameters.matchAll(/;([\w-]+)=((?:"[^"]*"|[^";])*)/g)].find((match) => match[1]?.toUpperCase() === name);
  return found?.[2]?.replaceAll('"', '') ?? '';
}

/** A text, unescaped; empty for none. */
export function textOf(component: IcsComponent, name: string): string {
  const value = propertyOf(component, name)?.value ?? '';
  return value.replaceAll(/\\(.)/gs, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? '\n' : escaped));
}

/** A text as it is written into a value. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, String.raw`\$&`).replaceAll(/\r\n?|\n/g, String.raw`\n`);
}

/** With one property in place of those of its name; null takes them away. */
export function withProperty(component: IcsComponent, name: string, value: Omit<IcsProperty, 'name'> | null): IcsComponent {
  const at = component.properties.findIndex((one) => one.name === name);
  const rest = component.properties.filter((one) => one.name !== name);
  return { ...component, properties: value === null ? rest : rest.toSpliced(at === -1 ? rest.length : at, 0, { name, ...value }) };
}
