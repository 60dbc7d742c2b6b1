import type { JsonValue } from '@millwright/core';
import type { BodyCodec } from '@millwright/node-sdk';

type FormCodec = Extract<BodyCodec, { readonly kind: 'form' }>;

function text(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A form while it is written. */
class FormWriter {
  readonly form = new URLSearchParams();
  readonly #codec: FormCodec;

  constructor(codec: FormCodec) {
    this.#codec = codec;
  }

  add(name: string, value: JsonValue): void {
    if (value === null) return;
    if (Array.isArray(value)) return this.#addList(name, value);
    if (typeof value !== 'object') return this.form.append(name, text(value));
    for (const [inner, one] of Object.entries(value))
      this.add(this.#codec.nesting === 'dots' ? `${name}.${inner}` : `${name}[${inner}]`, one);
  }

  #addList(name: string, list: readonly JsonValue[]): void {
    const present = list.filter((one) => one !== null);
    switch (this.#codec.lists ?? 'brackets') {
      case 'comma':
        return this.form.append(name, present.map(text).join(','));
      case 'repeat':
        return present.forEach((one) => this.add(name, one));
      case 'indices':
        return present.forEach((one, index) => this.add(`${name}[${index}]`, one));
      case 'brackets':
        return present.forEach((one) => this.add(`${name}[]`, one));
    }
  }
}

/** Fields as `application/x-www-form-urlencoded`, nested ones by the codec; null is left out. */
export function encodeForm(fields: Readonly<Record<string, JsonValue>>, codec: FormCodec): string {
  const writer = new FormWriter(codec);
  for (const [name, value] of Object.entries(fields)) writer.add(name, value);
  return writer.form.toString();
}
