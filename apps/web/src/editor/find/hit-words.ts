import { edgeKey } from '@millwright/workflow/draft';
import type { Hit } from '../core/find/find-hits.ts';
import type { TextPlace } from '../core/find/searchable.ts';
import { findNode } from '../core/graph/graph-queries.ts';
import { parametersOf } from '../core/graph/parameters.ts';
import { parameterText } from '../look/type-words.ts';
import { useDocument, useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';

/** The inspector's name of a place. */
export function fieldOf(place: TextPlace): string {
  switch (place.kind) {
    case 'parameter':
      return `parameters.${place.key}`;
    case 'notes':
      return 'settings.notes';
    case 'name':
    case 'type':
    case 'data':
      return '';
  }
}

/** Words for where something was found. */
export function useHitWords(): {
  readonly ownerOf: (hit: Pick<Hit, 'of' | 'id'>) => string;
  readonly placeOf: (hit: Pick<Hit, 'of' | 'id' | 'place'>) => string;
} {
  const { catalog } = useEditor();
  const { t, language } = useTexts();
  const document = useDocument();
  const nameOf = (id: string): string => findNode(document, id)?.name ?? '';
  return {
    ownerOf: ({ of, id }) => {
      if (of === 'annotation') return t('find.note');
      const edge = of === 'edge' ? document.edges.find((one) => edgeKey(one) === id) : undefined;
      return edge ? `${nameOf(edge.from)} → ${nameOf(edge.to)}` : nameOf(id);
    },
    placeOf: ({ of, id, place }) => {
      switch (place.kind) {
        case 'name':
          return t('find.places.name');
        case 'type':
          return t('find.places.type');
        case 'notes':
          return of === 'node' ? t('find.places.notes') : t(of === 'edge' ? 'find.places.label' : 'find.places.text');
        case 'data':
          return t('find.places.data', { path: place.path });
        case 'parameter': {
          const node = findNode(document, id);
          const info = node && catalog.get(node.type, node.version);
          const spec = info && parametersOf(info).find(({ key }) => key === place.key);
          return info && spec ? parameterText(info, language, { path: `${spec.key}.title`, english: spec.title }) : place.key;
        }
      }
    },
  };
}

/** Letters shown before and after a hit. */
const AROUND = 28;

/** A hit and a little of the text around it. */
export function snippetOf({ shown, at: [start, end] }: Pick<Hit, 'shown' | 'at'>): readonly [before: string, hit: string, after: string] {
  const from = Math.max(0, start - AROUND);
  const line = (text: string): string => text.replaceAll(/\s+/g, ' ');
  return [
    (from > 0 ? '…' : '') + line(shown.slice(from, start)),
    shown.slice(start, end),
    line(shown.slice(end, end + AROUND * 2)) + (end + AROUND * 2 < shown.length ? '…' : ''),
  ];
}
