import { describe, expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { documentOf, testCatalog } from './testing.ts';

const nodes = { t: 'core.manual', a: { type: 'test.any', parameters: { x: '{{ nobody.x }}', y: "{{ $('t').item.json.y }}" } } };

describe('settings.expressions', () => {
  it('n8n: unknown names are no problem, references are found, and the plan says how to read', () => {
    const { plan, problems } = compile(documentOf(nodes, ['t>a'], { expressions: 'n8n' }), testCatalog);
    expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
    expect(plan?.configs['a']).toMatchObject({ expressions: 'n8n' });
    expect(plan?.skeleton.nodes.find(({ id }) => id === 'a')?.refs).toEqual(['t']);
  });
  it('absent: unknown names are errors', () => {
    const { plan, problems } = compile(documentOf(nodes, ['t>a']), testCatalog);
    expect(plan).toBeNull();
    expect(problems).toMatchObject([{ nodeId: 'a', code: 'expression_denied', level: 'error' }]);
  });
  it('absent: plans and their hashes are as they were before there was a choice', () => {
    const plain = { t: 'core.manual', a: { type: 'test.any', parameters: { x: '{{ $json.x }}' } } };
    const document = documentOf(plain, ['t>a']);
    const { plan } = compile(document, testCatalog);
    expect('expressions' in document.settings).toBe(false);
    expect(plan?.configs['a']).not.toHaveProperty('expressions');
    const other = compile(documentOf(plain, ['t>a'], { expressions: 'n8n' }), testCatalog).plan;
    expect(other?.configs['a']?.configHash).not.toBe(plan?.configs['a']?.configHash);
  });
});
