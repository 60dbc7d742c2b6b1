import { describe, expect, it } from 'vitest';
import { documentJsonSchema, parseDocument } from './parse-document.ts';

const minimal = { format: 'millwright.workflow/1', name: 'Lead intake' };

describe('a document from outside', () => {
  it('gets every default', () => {
    const document = parseDocument({ ...minimal, nodes: [{ id: 'a', name: 'A', type: 'core.manual', version: 1, position: [0, 0] }] });
    expect(document.nodes[0]?.settings).toMatchObject({ onError: 'stop', retry: null, disabled: false });
    expect(document.settings).toMatchObject({ timezone: 'UTC', order: 'parallel', save: 'all' });
  });

  it('is refused with the path of an unknown field', () => {
    expect(() =>
      parseDocument({ ...minimal, nodes: [{ id: 'a', name: 'A', type: 't', version: 1, position: [0, 0], colour: 'red' }] }),
    ).toThrow(expect.objectContaining({ code: 'document_invalid', details: { errors: [expect.objectContaining({ path: 'nodes.0' })] } }));
  });

  it('is refused when two nodes have one id', () => {
    const node = { id: 'a', name: 'A', type: 't', version: 1, position: [0, 0] };
    expect(() => parseDocument({ ...minimal, nodes: [node, { ...node, name: 'B' }] })).toThrow(
      expect.objectContaining({ code: 'document_invalid', details: { errors: [expect.objectContaining({ path: 'nodes.1.id' })] } }),
    );
  });

  it('is refused by name when its format is from the future', () => {
    expect(() => parseDocument({ ...minimal, format: 'millwright.workflow/99' })).toThrow(
      expect.objectContaining({ code: 'document_format_unknown' }),
    );
  });

  it('has one JSON Schema that closes every object', () => {
    expect(documentJsonSchema()).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: expect.arrayContaining(['format', 'name']),
    });
  });
});
