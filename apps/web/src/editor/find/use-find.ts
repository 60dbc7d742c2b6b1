import { useEffect, useMemo, useState } from 'react';
import type { FindQuery, Hit } from '../core/find/find-hits.ts';
import { edgeKey } from '@millwright/workflow/draft';
import { pointAtField, selectEdge, selectNodes } from '../core/state/interface-store.ts';
import type { EditorSession } from '../core/session.ts';
import { useEditor } from '../session-context.ts';
import { fieldOf } from './hit-words.ts';
import { useHits } from './use-hits.ts';

/** Pans to a hit, rings its step, and opens the field that holds it; the keyboard stays where it is. */
export function showHit({ draft, ui, camera }: EditorSession, { of, id, place }: Hit): void {
  if (of === 'edge') {
    const edge = draft.document().edges.find((one) => edgeKey(one) === id);
    selectEdge(ui, id);
    if (edge) camera.current?.revealAll([edge.from, edge.to]);
    return;
  }
  if (of === 'annotation') selectNodes(ui, [id]);
  else pointAtField(ui, id, fieldOf(place));
  ui.setState({ found: { nodeId: id, field: fieldOf(place) } });
  camera.current?.reveal(id);
}

/** The search: what is looked for, what was found, and which hit it is at. */
export function useFind() {
  const session = useEditor();
  const [text, setText] = useState('');
  const [isCaseSensitive, setCaseSensitive] = useState(false);
  const [isWholeWord, setWholeWord] = useState(false);
  const [withData, setWithData] = useState(false);
  const [at, setAt] = useState(-1);
  const query = useMemo((): FindQuery => ({ text, isCaseSensitive, isWholeWord }), [text, isCaseSensitive, isWholeWord]);
  const { hits, isDone } = useHits(query, withData);
  const index = Math.min(at, hits.length - 1);
  useEffect(() => () => session.ui.setState({ found: null }), [session]);
  const go = (next: number): void => {
    if (hits.length === 0) return;
    const wrapped = (next + hits.length) % hits.length;
    const hit = hits[wrapped];
    setAt(wrapped);
    if (hit) showHit(session, hit);
  };
  return {
    query,
    withData,
    hits,
    isDone,
    index,
    go,
    next: () => go(index + 1),
    previous: () => go(index < 0 ? hits.length - 1 : index - 1),
    onText: (next: string) => {
      setText(next);
      setAt(-1);
      session.ui.setState({ found: null });
    },
    onCase: setCaseSensitive,
    onWord: setWholeWord,
    onData: setWithData,
  };
}
