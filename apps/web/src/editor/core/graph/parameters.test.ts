import { describe, expect, it } from 'vitest';
import { testDocument, testType } from '../testing.ts';
import { isShown, missingParameters, parametersOf } from './parameters.ts';

const info = testType({
  type: 'test.form',
  parameters: {
    type: 'object',
    required: ['url', 'body'],
    properties: {
      method: { type: 'string', enum: ['GET', 'POST'], default: 'GET' },
      url: { type: 'string', title: 'Address', field: { control: 'url' } },
      body: { type: 'string', field: { showIf: { parameter: 'method', in: ['POST'] } } },
      methods: { type: 'array', items: { type: 'string', enum: ['A', 'B'] }, field: { control: 'options' } },
      retries: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'string' }] },
      isFast: { type: 'boolean' },
      anything: {},
    },
  },
});
const node = (parameters: Record<string, string>) => {
  const [made] = testDocument([['n', 'test.form', 0, 0, parameters]]).nodes;
  if (!made) throw new Error('no node');
  return made;
};

describe('the parameters of a type', () => {
  it('get their control from the hint, else from the schema', () => {
    expect(parametersOf(info).map((spec) => [spec.key, spec.control])).toEqual([
      ['method', 'options'],
      ['url', 'url'],
      ['body', 'text'],
      ['methods', 'options'],
      ['retries', 'number'],
      ['isFast', 'switch'],
      ['anything', 'json'],
    ]);
  });

  it('allow expressions except for options and switches', () => {
    expect(
      parametersOf(info)
        .filter((spec) => !spec.allowsExpression)
        .map((spec) => spec.key),
    ).toEqual(['method', 'methods', 'isFast']);
  });

  it('offer several of the options where the value is a list', () => {
    expect(parametersOf(info).find((spec) => spec.isMultiple)).toMatchObject({ key: 'methods', options: [{ value: 'A' }, { value: 'B' }] });
  });

  it('are to be filled in only while they are shown', () => {
    expect(missingParameters(node({}), info)).toEqual(['url']);
    expect(missingParameters(node({ method: 'POST', url: 'x' }), info)).toEqual(['body']);
    const body = parametersOf(info).find((spec) => spec.key === 'body');
    expect(body && isShown(node({ method: 'GET' }), info, body)).toBe(false);
  });
});
