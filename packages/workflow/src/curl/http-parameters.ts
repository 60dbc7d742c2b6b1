import { UserError, type JsonObject } from '@millwright/core';
import type { CurlRequest } from './read-curl.ts';

/**
 * A request as the parameters of the node `http.request`, version 1.
 * Its `credential` is not among them: secrets belong into a connection.
 * @throws UserError `curl_files` when it sends files, which that version cannot
 */
export function httpParametersOf(request: CurlRequest): JsonObject {
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
      throw new UserError('unprocessable', {
        code: 'curl_files',
        message: 'the command sends a form with files (-F)',
        hint: 'Use the step of that service, or send the fields as a form or as JSON where the service takes it.',
      });
  }
}
