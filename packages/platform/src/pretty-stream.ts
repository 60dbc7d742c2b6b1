import type { DestinationStream } from 'pino';
import { isJsonObject, type JsonValue } from '@millwright/core';

const HEAD_FIELDS = new Set(['level', 'time', 'pid', 'name', 'msg', 'err']);

/** `12:30:01 INFO  server  message  field=value`, and an error's stack below. */
function prettyLine(line: string): string {
  const entry: unknown = JSON.parse(line);
  if (!isJsonObject(entry)) return line;
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
  const fields = Object.entries(entry)
    .filter(([name]) => !HEAD_FIELDS.has(name))
    .map(([name, value]) => ` ${name}=${text(value)}`);
  const error = isJsonObject(entry['err']) ? `\n${text(entry['err']['stack'] ?? entry['err']['message'])}` : '';
  const time = text(entry['time']).slice(11, 19);
  return `${time} ${text(entry['level']).toUpperCase().padEnd(5)} ${text(entry['name'])}  ${text(entry['msg'])} ${fields.join('')}${error}\n`;
}

/** Turns pino's JSON lines into lines for a person. */
export function prettyStream(destination: DestinationStream): DestinationStream {
  return { write: (line) => destination.write(prettyLine(line)) };
}
