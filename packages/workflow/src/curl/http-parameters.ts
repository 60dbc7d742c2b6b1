import { UserError, type JsonObject, type JsonValue } from '@millwright/core';
import type { CurlRequest } from './read-curl.ts';

function multipart(body: Extract<CurlRequest['body'], { kind: 'multipart' }>): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const { name, value } of body.fields) {
    const known = fields[name];
    fields[name] = known === undefined ? value : [...(Array.isArray(known) ? (known as readonly JsonValue[]) : [known]), value];
  }
  // What is in the file only its own computer knows: the place for it stands open.
  for (const { name, fileName } of body.files) fields[name] = { fileName, base64: '' };
  return fields;
}

/**
 * A request as the parameters of the node `http.request`.
 * Its `credential` is not among them: secrets belong into a connection.
 * @param version of the node. Default 1
 * @throws UserError `curl_files` when it sends files, which version 1 cannot
 */
export function httpParametersOf(request: CurlRequest, version: 1 | 2 = 1): JsonObject {
  const { method, url, query, headers, body } = request;
  const common: JsonObject = {
    method,
    url,
    ...(query.length === 0 ? {} : { query: query.map(({ name, value }) => ({ name, value })) }),
    ...(headers.length === 0 ? {} : { headers: headers.map(({ name, value }) => ({ name, value })) }),
  };
  switch (body.kind) {
    case 'none':
      return common;
    case 'json':
      return { ...common, bodyType: 'json', body: body.value };
    case 'form':
      return { ...common, bodyType: 'form', body: body.fields };
    case 'text':
      return { ...common, bodyType: 'text', body: body.text };
    case 'multipart':
      if (version === 2) return { ...common, bodyType: 'multipart', body: multipart(body) };
      throw new UserError('unprocessable', {
        code: 'curl_files',
        message: 'the command sends a form with files (-F)',
        hint: 'Use the step of that service, or send the fields as a form or as JSON where the service takes it.',
      });
  }
}
