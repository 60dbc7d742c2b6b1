import { parseDocument, type WorkflowDocument } from '@millwright/workflow';

/** Distance of two cards of {@link largeDocument}, px. */
const GRID = { x: 320, y: 112 } as const;
/** Width by height of the whole graph: that of a window, so that an overview shows all of it. */
const SHAPE = 1.6;

interface Place {
  readonly index: number;
  readonly column: number;
  readonly row: number;
}

function typeAt({ index, column, row }: Place): readonly [type: string, parameters: Readonly<Record<string, unknown>>] {
  if (index === 0) return ['core.webhook', { answer: 'now' }];
  if (column > 0 && (column + row) % 3 === 0)
    return ['core.if', { conditions: [{ left: '{{ $json.amount }}', operator: 'greater', right: String(index) }] }];
  if ((column + row) % 3 === 1)
    return ['http.request', { method: 'POST', url: `https://example.com/orders/${index}`, bodyType: 'json', body: '{{ $json }}' }];
  return [
    'core.editFields',
    {
      assignments: [
        { name: 'amount', value: '{{ $json.amount }}' },
        { name: 'from', value: `step ${index}` },
      ],
    },
  ];
}

/** Where the steps of {@link largeDocument} stand. */
function placesOf(count: number): readonly Place[] {
  const columns = Math.max(2, Math.round(Math.sqrt((count * SHAPE * GRID.y) / GRID.x)));
  return Array.from({ length: count }, (_, index) => ({ index, column: index % columns, row: Math.floor(index / columns) }));
}

/**
 * A workflow of so many steps, as people draw large ones: rows of steps from left to right, every third step with two ways out of which
 * one leads into the row below; 1.3 lines a step. Steps are named `Step 0` and so on; the first is a webhook.
 * @param count steps, from 2
 */
export function largeDocument(name: string, count: number): WorkflowDocument {
  const places = placesOf(count);
  const at = new Map(places.map((place) => [`${place.column} ${place.row}`, place.index]));
  const types = places.map(typeAt);
  const edges = places.flatMap(({ index, column, row }) => {
    const [type] = types[index] ?? [''];
    const next = at.get(`${column + 1} ${row}`);
    const below = at.get(`${column + 1} ${row + 1}`);
    const output = type === 'core.if' ? 'true' : 'main';
    return [
      ...(next === undefined ? [] : [{ from: `step_${index}`, output, to: `step_${next}`, input: 'main' }]),
      ...(below === undefined || type !== 'core.if'
        ? []
        : [{ from: `step_${index}`, output: 'false', to: `step_${below}`, input: 'main' }]),
    ];
  });
  return parseDocument({
    format: 'millwright.workflow/1',
    name,
    nodes: places.map(({ index, column, row }) => ({
      id: `step_${index}`,
      name: `Step ${index}`,
      type: types[index]?.[0],
      version: 1,
      position: [column * GRID.x, row * GRID.y],
      parameters: types[index]?.[1] ?? {},
    })),
    edges,
  });
}
