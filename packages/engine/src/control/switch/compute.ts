import { isJsonObject, type JsonObject } from '@millwright/core';
import type { ControlCompute } from '../compute.ts';
import { conditionsHold } from '../if/conditions.ts';

/** Switch: the port of the first case that holds, or of `all` that do; else `fallback`, where there is one. */
export const switchCompute: ControlCompute = {
  kind: 'route',
  route: (parameters) => {
    const listed = parameters['cases'];
    const cases = Array.isArray(listed) ? listed.filter(isJsonObject) : [];
    const found: string[] = [];
    for (const [index, one] of cases.entries()) {
      const { id } = one;
      if (typeof id !== 'string' || !holds(one, parameters, index)) continue;
      found.push(id);
      if (parameters['all'] !== true) return found;
    }
    return found.length === 0 && parameters['fallback'] === 'output' ? ['fallback'] : found;
  },
  otherwise: 'fallback',
};

function holds({ conditions, combine }: JsonObject, { convert }: JsonObject, index: number): boolean {
  return conditionsHold({ conditions, combine, convert, field: `cases[${index}].conditions` });
}
