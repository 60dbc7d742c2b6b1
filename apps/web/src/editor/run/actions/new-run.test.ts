import { describe, expect, it } from 'vitest';
import { consequencesOf } from './consequences.ts';
import { readInput, readJson } from './new-input.ts';

const preview = {
  skipped: [{ nodeId: 'a', name: 'A', count: 2 }],
  again: [{ nodeId: 'z', name: 'Z' }],
  changed: [{ nodeId: 'm', name: 'M', why: 'input' as const }],
  blocked: [],
};
const names = (steps: readonly { readonly name: string }[] | undefined): string => (steps ?? []).map((step) => step.name).join();

describe('what a resume will do', () => {
  it('is told only after the person said what becomes of changed requests, and counts the answer in', () => {
    expect(consequencesOf(preview, null)).toBeNull();
    const skip = consequencesOf(preview, 'skip');
    expect([names(skip?.skipped), names(skip?.again)]).toEqual(['A,M', 'Z']);
    const resend = consequencesOf(preview, 'resend');
    expect([names(resend?.skipped), names(resend?.again)]).toEqual(['A', 'M,Z']);
    expect(consequencesOf({ ...preview, changed: [] }, null)).toEqual({ skipped: preview.skipped, again: preview.again });
  });
});

describe('the input of a new run', () => {
  it('is a JSON object, or the one that the old run had', () => {
    expect(readInput(null)).toEqual({ input: undefined });
    expect(readInput('{"a": 1}')).toEqual({ input: { a: 1 } });
    for (const text of ['', '[1]', '5', '{"a": ']) expect(readInput(text)).toBeNull();
    expect(readJson('')).toEqual({ value: undefined });
  });
});
