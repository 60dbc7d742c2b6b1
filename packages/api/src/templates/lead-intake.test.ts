import { compileTemplate, createScope } from '@millwright/expressions';
import { checkDocument } from '@millwright/engine/compile';
import { describe, expect, it } from 'vitest';
import { testCatalog } from '../testing/test-catalog.ts';
import { leadIntake } from './lead-intake.ts';

const document = leadIntake.build({ name: 'Leads', publicUrl: 'http://mill:4400' });

describe('the sample workflow', () => {
  it('can be published as it is', () => {
    expect(checkDocument(document, testCatalog).filter((problem) => problem.level === 'error')).toEqual([]);
  });

  it('stands on an 8-px grid with room between the cards', () => {
    expect(document.nodes.flatMap((node) => node.position).filter((coordinate) => coordinate % 8 !== 0)).toEqual([]);
    expect(new Set(document.nodes.map((node) => node.position.join())).size).toBe(document.nodes.length);
  });

  it.each([
    [{ employees: 900, country: 'DE' }, 'Enterprise team'],
    [{ employees: 20, country: 'DE' }, 'Team Germany'],
    [{}, 'Team International'],
  ])('routes %j to %s', (body, owner) => {
    const assignments = document.nodes.find((node) => node.id === 'route')?.parameters['assignments'] as { name: string; value: string }[];
    const scope = createScope({ items: [{ json: { body: { email: ' A@B.io ', ...body } } }], nowMs: 0 });
    const values = Object.fromEntries(assignments.map(({ name, value }) => [name, compileTemplate(value).evaluate(scope)]));
    expect(values).toMatchObject({ owner, email: 'a@b.io' });
  });
});
