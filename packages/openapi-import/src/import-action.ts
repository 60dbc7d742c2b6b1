import { messageOf, type JsonObject } from '@millwright/core';
import type { PageSpec, RequestTemplate } from '@millwright/node-sdk';
import { methodAndPath } from '@millwright/node-sdk';
import type { Description, Operation } from '@millwright/openapi';
import { inputSchema, type InputField } from './form/input-field.ts';
import { zodObject } from './form/zod-of.ts';
import { titleOf } from './guess/action-key.ts';
import { authOf, togetherNote, type GuessedAuth } from './guess/auth.ts';
import { absoluteServer } from './guess/base-url.ts';
import { guessEffect, keyHeader } from './guess/effect.ts';
import { goodAnswer } from './guess/items.ts';
import type { OptionsGuess } from './guess/options.ts';
import { guessOutput } from './guess/output.ts';
import { guessPages } from './guess/pages.ts';
import type { ImportedAction } from './imported.ts';
import type { ActionOverlay } from './overlay.ts';
import { addBody } from './request/body.ts';
import { RequestDraft } from './request/draft.ts';
import { addParameters } from './request/parameters.ts';
import { plainText } from './words.ts';

/** What is known of the whole while one action is made. */
export interface ImportSetting {
  readonly description: Description;
  readonly auth: GuessedAuth;
  readonly secretNames: ReadonlySet<string>;
  readonly baseUrl: string;
  readonly origin: string | null;
  readonly options: OptionsGuess;
}

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);

/** Why an operation becomes no action; null where it does. */
export function whySkipped(operation: Operation): string | null {
  if (!METHODS.has(operation.method)) return `${operation.method} is no method that actions send`;
  return null;
}

/** The path below the base, or a whole address where the operation has a server of its own. */
function addressOf(operation: Operation, path: string, { baseUrl, origin }: ImportSetting): string {
  for (const server of operation.servers) {
    const own = absoluteServer(server, origin);
    if (own === null || own.baseUrl === baseUrl) return path;
    if (own.fields.length === 0) return `${own.baseUrl}${path}`;
  }
  return path;
}

function toRequest(operation: Operation, path: string, draft: RequestDraft): RequestTemplate {
  const { query, headers, body, as } = draft;
  return {
    // `whySkipped` let only methods through that requests have.
    ...({ [operation.method.toLowerCase()]: path } as Pick<RequestTemplate, never> as RequestTemplate),
    ...(Object.keys(query).length === 0 ? {} : { query }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
    ...(as === undefined ? {} : { as }),
  };
}

function exampleOf(fields: readonly InputField[]): JsonObject {
  return Object.fromEntries(fields.flatMap(({ name, example }) => (example === undefined ? [] : [[name, example]])));
}

/** Fields whose example does not fit are left open: the vendor contradicts itself there. */
function fitting(fields: readonly InputField[]): readonly InputField[] {
  const parsed = zodObject(inputSchema(fields)).safeParse(exampleOf(fields));
  if (parsed.success) return fields;
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  return fields.map((field) => {
    if (!wrong.has(field.name)) return field;
    return field.example === undefined ? { ...field, required: false, schema: {} } : { ...field, schema: {} };
  });
}

function curated(fields: readonly InputField[], overlay: ActionOverlay): readonly InputField[] {
  return fields.map((field) => {
    const own = overlay.fields?.[field.vendorName] ?? overlay.fields?.[field.name];
    return own === undefined ? field : { ...field, title: own.title ?? field.title, description: own.description ?? field.description };
  });
}

function hiddenNames(fields: readonly InputField[], overlay: ActionOverlay): ReadonlySet<string> {
  return new Set(
    fields
      .filter((field) => !field.required && (overlay.fields?.[field.vendorName] ?? overlay.fields?.[field.name])?.hide === true)
      .map(({ name }) => name),
  );
}

function headerJsonOf(operation: Operation) {
  return operation.parameters.find((parameter) => parameter.in === 'header' && parameter.mediaType?.includes('json') === true);
}

function draftRequest(
  operation: Operation,
  pagesTaken: ReadonlySet<string>,
  setting: ImportSetting,
): { readonly draft: RequestDraft; readonly path: string } {
  const draft = new RequestDraft();
  const headerJson = headerJsonOf(operation);
  const key = keyHeader(operation);
  const isWrite = operation.method !== 'GET' && operation.method !== 'HEAD';
  const leftHeaders = new Set(
    [...(key !== undefined && isWrite ? [key.name] : []), ...(headerJson === undefined ? [] : [headerJson.name])].map((name) =>
      name.toLowerCase(),
    ),
  );
  const hasTokenAuth = Object.values(setting.auth.auth).some(({ kind }) => kind === 'oauth2' || kind === 'bearer');
  const parameterSetting = { secretNames: setting.secretNames, taken: pagesTaken, leftHeaders, hasTokenAuth };
  const path = addParameters(draft, { description: setting.description, operation, setting: parameterSetting });
  addBody(draft, { description: setting.description, operation, headerJson });
  return { draft, path };
}

/** Dropdowns for ids in the path. */
function withDropdowns(operation: Operation, fields: readonly InputField[], { options }: ImportSetting) {
  const dropdowns: Record<string, ReturnType<OptionsGuess['guess']>> = {};
  const loaded = fields.map((field) => {
    const guessed = field.hints.options === undefined ? options.guess(operation.path.split('#')[0] ?? '', field, fields) : null;
    if (guessed === null) return field;
    dropdowns[field.name] = guessed;
    return { ...field, hints: { ...field.hints, load: { options: guessed.name } } };
  });
  return { fields: loaded, dropdowns };
}

function guessedPages(operation: Operation, setting: ImportSetting, answer: ReturnType<typeof goodAnswer>) {
  const isReading = operation.method === 'GET';
  return isReading ? guessPages(setting.description, operation, answer) : null;
}

function goodAnswerOf(operation: Operation, { description }: ImportSetting, notes: string[]) {
  try {
    return goodAnswer(description, operation);
  } catch (thrown) {
    notes.push(`the answer is left open: ${messageOf(thrown)}`);
    return null;
  }
}

/**
 * Makes an action of an operation.
 * @throws UserError `description_reference`, `schema_too_large` when the request cannot be read
 */
export function importAction(operation: Operation, setting: ImportSetting, overlay: ActionOverlay) {
  const notes: string[] = [];
  const answer = goodAnswerOf(operation, setting, notes);
  const pages = guessedPages(operation, setting, answer);
  const { draft, path } = draftRequest(operation, pages?.taken ?? new Set(), setting);
  const hidden = hiddenNames(draft.fields, overlay);
  const kept = fitting(curated(draft.fields, overlay));
  const { fields, dropdowns } = withDropdowns(operation, kept, setting);
  const clues = {
    pathFields: fields.filter(({ place }) => place === 'path').map(({ name }) => name),
    fields: fields.map(({ name }) => name),
    hasKeyField: draft.hasKeyField,
  };
  const together = togetherNote(operation);
  const auth = authOf(operation, setting.auth);
  const shown = fields.filter(({ name }) => !hidden.has(name));
  const request = toRequest(operation, addressOf(operation, path, setting), withoutHidden(draft, hidden));
  const action: ImportedAction = {
    version: 1,
    operation: `${operation.method} ${operation.path}`,
    title: overlay.title ?? titleOf(operation),
    description: overlay.description ?? (plainText(operation.description || operation.summary) || titleOf(operation)),
    effect: overlay.effect ?? guessEffect(operation, clues),
    ...(auth === null ? {} : { auth }),
    input: inputSchema(shown),
    request,
    ...(pages === null ? {} : { pages: pages.pages satisfies PageSpec }),
    output: guessOutput(answer, pages?.pages),
    example: exampleOf(shown),
    notes: [...notes, ...draft.notes, ...(together === null ? [] : [together])],
  };
  return { action, dropdowns, path: methodAndPath(request).path };
}

/** What reads a field that is hidden is left out of the request. */
function withoutHidden(draft: RequestDraft, hidden: ReadonlySet<string>): RequestDraft {
  if (hidden.size === 0) return draft;
  const templates = new Set([...hidden].map((name) => `{{${name}}}`));
  const root = (value: unknown): string => (typeof value === 'string' ? value.replace(/\..*\}\}$/, '}}') : '');
  for (const place of [draft.query, draft.headers, draft.body])
    if (typeof place === 'object' && place !== null)
      for (const [name, value] of Object.entries(place)) if (templates.has(root(value))) Reflect.deleteProperty(place, name);
  return draft;
}
