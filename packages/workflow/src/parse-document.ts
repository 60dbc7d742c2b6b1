import { UserError, isJsonObject } from '@millwright/core';
import { z } from 'zod';
import { DOCUMENT_FORMAT, workflowDocumentSchema, type WorkflowDocument } from './document.ts';

/** Lifts a document by one format number; pure, never edited once released. */
type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** `MIGRATIONS[n - 1]` lifts format n to n + 1; gapless, so the newest format is their number plus one. */
const MIGRATIONS: readonly Migration[] = [];

const FORMAT = /^millwright\.workflow\/(\d+)$/;

/** Lifts a document of any known format to the newest. */
function lift(document: Readonly<Record<string, unknown>>): unknown {
  const match = FORMAT.exec(String(document['format']));
  const number = match ? Number(match[1]) : 0;
  if (number < 1 || number > MIGRATIONS.length + 1) {
    throw new UserError('invalid', {
      code: 'document_format_unknown',
      message: `format ${JSON.stringify(document['format'])} is not known`,
      hint: `This installation reads formats up to ${DOCUMENT_FORMAT}. A newer document needs a newer Millwright.`,
    });
  }
  let lifted: Record<string, unknown> = { ...document };
  for (const migrate of MIGRATIONS.slice(number - 1)) lifted = migrate(lifted);
  return lifted;
}

/**
 * Reads a document from outside: migrates, fills in defaults, refuses unknown fields with their path.
 * @throws UserError `document_invalid` (details.errors: path and text each), `document_format_unknown`
 */
export function parseDocument(value: unknown): WorkflowDocument {
  const parsed = workflowDocumentSchema.safeParse(isJsonObject(value) ? lift(value) : value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), text: issue.message }));
  throw new UserError('invalid', {
    code: 'document_invalid',
    message: `the document does not fit ${DOCUMENT_FORMAT}: ${errors[0]?.path ?? ''} ${errors[0]?.text ?? ''}`,
    hint: 'Correct the fields that are listed; unknown fields are refused so that nothing is dropped silently.',
    details: { errors },
  });
}

/** The JSON Schema (2020-12) of documents, generated from the one zod schema. */
export function documentJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(workflowDocumentSchema, { io: 'input', target: 'draft-2020-12' }) as Record<string, unknown>;
}
