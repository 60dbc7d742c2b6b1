/** A text of each format that validators know. */
export const FORMAT_SAMPLES: Readonly<Record<string, string>> = {
  'date-time': '2026-01-15T09:30:00Z',
  'iso-date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  'iso-time': '09:30:00Z',
  duration: 'P1D',
  email: 'jane@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/path',
  url: 'https://example.com/path',
  'uri-reference': '/path',
  'uri-template': '/path/{id}',
  uuid: '6f1f3d1e-9c0a-4b53-8d7e-2f4a5b6c7d8e',
  byte: 'dGV4dA==',
  base64: 'dGV4dA==',
  'json-pointer': '/field',
  'relative-json-pointer': '0',
  regex: '^text$',
};

const CHECKS: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d(:?\d\d)?)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d(:?\d\d)?)$/,
  duration: /^P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)$/,
  email: /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9.-]*[a-z0-9]$/i,
  hostname: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.?$/i,
  ipv4: /^(\d{1,3}\.){3}\d{1,3}$/,
  ipv6: /^[\da-f:.]{2,45}$/i,
  uri: /^[a-z][a-z0-9+.-]*:[^\s"<>^`{|}\\]+$/i,
  url: /^https?:\/\/[^\s/.]+(\.[^\s/]+)+(\/\S*)?$|^https?:\/\/[^\s/]+\.[^\s/]+$/i,
  'uri-reference': /^[^\s"<>\\^`{|}]*$/,
  uuid: /^(urn:uuid:)?[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  'json-pointer': /^(\/[^/]*)*$/,
  'relative-json-pointer': /^\d+(#|(\/[^/]*)*)$/,
};

/** Whether a text has a format; formats that are not known hold for any text. */
export function fitsFormat(format: string, text: string): boolean {
  return CHECKS[format]?.test(text) ?? true;
}
