import { ConnectorError, InvariantError, TransientError, UserError } from '@millwright/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PROBLEMS_DETAIL, toProblem } from './problems.ts';

describe('a problem', () => {
  it('never shows a stack or the message of a fault of ours', () => {
    for (const thrown of [
      new Error('select secret from vault'),
      new InvariantError({ code: 'x', message: 'secret' }),
      'secret',
      null,
      { type: 'stream.encoding.set' },
    ]) {
      const problem = toProblem(thrown);
      expect(problem).toMatchObject({ unexpected: true, body: { status: 500, code: 'internal' } });
      expect(JSON.stringify(problem.body)).not.toMatch(/secret|\.ts:/);
    }
  });

  it('says 503 and when to come back while a dependency is away', () => {
    expect(toProblem(new TransientError({ code: 'database_unavailable', message: 'host 10.0.0.1 refused' }))).toMatchObject({
      retryAfterS: 1,
      body: {
        status: 503,
        code: 'database_unavailable',
        detail: 'The database cannot be reached.',
        type: '/problems/database_unavailable',
      },
    });
  });

  it.each([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['notFound', 404],
    ['methodNotAllowed', 405],
    ['conflict', 409],
    ['preconditionFailed', 412],
    ['tooLarge', 413],
    ['unprocessable', 422],
    ['tooMany', 429],
  ] as const)('turns %s into %i', (kind, status) => {
    expect(toProblem(new UserError(kind, { code: 'c', message: 'm', hint: 'h' })).body).toMatchObject({
      status,
      code: 'c',
      detail: 'm',
      hint: 'h',
    });
  });

  it('has statuses that a kind cannot say', () => {
    expect(toProblem(new UserError('preconditionFailed', { code: 'if_match_missing', message: '' })).body.status).toBe(428);
    expect(toProblem(new ConnectorError('rate', { code: 'c', message: '' })).body.status).toBe(502);
    expect(toProblem(new ConnectorError('auth', { code: 'c', message: '' })).body.status).toBe(422);
  });

  it('carries every problem of a document', () => {
    const problems = [{ code: 'a', level: 'error', text: 't' }];
    expect(
      toProblem(new UserError('unprocessable', { code: 'graph_invalid', message: '', details: { [PROBLEMS_DETAIL]: problems } })).body
        .problems,
    ).toEqual(problems);
  });

  it('names faulty fields by path: 422 for the body, 400 for the address', () => {
    const schema = z.object({ body: z.object({ name: z.string() }), query: z.object({ limit: z.number() }) });
    const ok = { body: { name: '' }, query: { limit: 1 } };
    expect(toProblem(schema.safeParse({ ...ok, body: {} }).error).body).toMatchObject({ status: 422, errors: [{ path: 'body.name' }] });
    expect(toProblem(schema.safeParse({ ...ok, query: {} }).error).body).toMatchObject({ status: 400, errors: [{ path: 'query.limit' }] });
  });
});
