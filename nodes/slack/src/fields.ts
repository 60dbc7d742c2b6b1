import { field, form, z, type JsonObject, type JsonValue } from '@millwright/node-sdk';

/** Slack's methods take forms; what is more than a text goes as JSON in one. */
export const FORM = form();

/** Where; chosen from a list, or the id at the end of the channel's address. */
export const channel = field.text('Channel', {
  description: 'Its id. A direct message goes to the id of a person.',
  max: 100,
  placeholder: 'C012AB3CD',
  load: { options: 'channels', fromUrl: 'slack\\.com/(?:archives|client/\\w+)/(\\w+)' },
});

/** Who. */
export const user = field.text('Person', { max: 100, placeholder: 'U012AB3CD', load: { options: 'people' } });

/** Which message of a channel. */
export const ts = z
  .string()
  .regex(/^\d{1,20}\.\d{1,10}$/)
  .meta({ title: 'Message', description: 'Its "ts", a time with six places.', field: { placeholder: '1503435956.000247' } });

/** What a message says. */
export const text = z
  .string()
  .min(1)
  .max(40_000)
  .meta({ title: 'Text', description: 'With *bold*, _italic_, `code` and <https://example.com|links>.', field: { control: 'multiline' } });

/** Blocks beside the text, or in its place. */
export const blocks = z
  .array(z.record(z.string(), z.json()))
  .max(50)
  .optional()
  .meta({
    title: 'Blocks',
    description: "A list as Slack's Block Kit Builder gives it; the text is then only for notifications.",
    field: { control: 'json' },
  });

/** How far back a list goes. */
export const since = (title: string) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$|^\d{4}-\d\d-\d\d/)
    .optional()
    .meta({ title, description: 'A time like 2026-01-31T00:00:00Z, or the "ts" of a message.', field: { control: 'dateTime' } });

/** A time as Slack writes it. */
export function toTs(time: string | undefined): string | null {
  if (time === undefined || /^\d+(\.\d+)?$/.test(time)) return time ?? null;
  return (Date.parse(time) / 1000).toFixed(6);
}

/** Fields of a form, blocks as the JSON text that Slack reads. */
export function withBlocks(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const given = Object.entries(fields).filter((one): one is [string, JsonValue] => one[1] !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, name === 'blocks' ? JSON.stringify(value) : value]));
}
