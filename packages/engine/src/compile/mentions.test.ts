import { describe, expect, it } from 'vitest';
import { compile, documentMentions } from '../compile.ts';
import { documentOf, testCatalog } from './testing.ts';

const known = { vars: ['apiBase', 'region'], env: ['REGION'] };
const drawn = (value: string, more: object = {}) =>
  documentOf({ t: 'core.manual', a: { parameters: { list: [{ value }] }, ...more } }, ['t>a']);
const problemsOf = (value: string, more?: object) => compile(drawn(value, more), testCatalog, known).problems;

describe('what a plan mentions', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['{{ $vars.region + $vars.apiBase + $env.REGION }}', ['apiBase', 'region'], ['REGION']],
    ["{{ $vars['region'] ?? '' }}", ['region'], []],
    ['{{ $vars[$json.name] + $vars.region }}', ['*'], []],
    ['{{ JSON.stringify($env) }}', [], ['*']],
  ])('%s', (value, vars, env) => {
    expect(compile(drawn(value), testCatalog).plan?.skeleton.mentions).toEqual({ vars, env });
    expect(documentMentions(drawn(value), testCatalog)).toEqual({ vars, env });
  });

  it('is nothing in a plan without variables, so that its hash is what it was', () => {
    expect(compile(drawn("{{ $json.vars }} $vars.x {{ '$vars.x' }}"), testCatalog).plan?.skeleton).not.toHaveProperty('mentions');
  });

  it.each(['return $vars.region', 'return _vars["region"]'])('is all of them where a program names some: %s', (source) => {
    const document = documentOf(
      { t: 'core.manual', c: { type: 'test.code', parameters: { source, language: source.includes('_') ? 'python' : 'javascript' } } },
      ['t>c'],
    );
    expect(compile(document, testCatalog).plan?.skeleton.mentions).toEqual({ vars: ['*'], env: [] });
  });
});

describe('a name that is not there', () => {
  it('keeps a workflow from being published, and the nearest one is proposed', () => {
    expect(problemsOf('{{ $vars.apiBas }} {{ $vars.apiBas }}')).toEqual([
      expect.objectContaining({
        code: 'variable_unknown',
        level: 'error',
        nodeId: 'a',
        field: 'parameters.list[0].value',
        values: { field: 'list[0].value', name: 'apiBas', suggestion: 'apiBase' },
      }),
    ]);
    expect(problemsOf('{{ $env.HOME }}')).toEqual([
      expect.objectContaining({
        code: 'env_not_allowed',
        level: 'error',
        hint: expect.stringContaining('MILLWRIGHT_EXPRESSION_ENV=REGION,HOME'),
      }),
    ]);
  });

  it('is a warning where it may be missing, and where nothing runs', () => {
    expect(problemsOf("{{ $vars.gone ?? 'x' }}")).toMatchObject([{ code: 'variable_unknown', level: 'warning' }]);
    expect(problemsOf("{{ $vars.gone ?? 'x' }} {{ $vars.gone }}")).toMatchObject([{ level: 'error' }]);
    const disabled = documentOf({ t: 'core.manual', a: { parameters: { x: '{{ $vars.gone }}' }, settings: { disabled: true } } }, ['t>a']);
    expect(compile(disabled, testCatalog, known).problems).toMatchObject([{ code: 'variable_unknown', level: 'warning' }]);
  });

  it('is not looked for where it is not known what there is', () => {
    expect(compile(drawn('{{ $vars.gone + $env.HOME }}'), testCatalog).problems).toEqual([]);
  });
});
