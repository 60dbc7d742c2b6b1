import { snippetOf, useHitWords } from '../../find/hit-words.ts';
import { useHits } from '../../find/use-hits.ts';
import { showHit } from '../../find/use-find.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { useMemo } from 'react';

/** Something that the workflow says, and the way to it. */
interface PaletteHit {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly [];
  readonly run: () => void;
}

/** Letters from which on texts are looked through: fewer are in all of them. */
const FEWEST = 3;
/** Hits that the palette lists; the search has them all. */
const MOST = 20;

/** What the texts of the workflow say, from the index that the search uses. Names of steps are entries of their own. */
export function usePaletteHits(text: string): readonly PaletteHit[] {
  const session = useEditor();
  const { t } = useTexts();
  const words = useHitWords();
  const wanted = text.trim().length < FEWEST ? '' : text.trim();
  const query = useMemo(() => ({ text: wanted, isCaseSensitive: false, isWholeWord: false }), [wanted]);
  const { hits } = useHits(query, false);
  return hits
    .filter(({ place }) => place.kind !== 'name')
    .slice(0, MOST)
    .map((hit, index) => ({
      id: `hit:${index}`,
      title: t('palette.hit', { owner: words.ownerOf(hit), place: words.placeOf(hit), text: snippetOf(hit).join('') }),
      keys: [] as const,
      run: () => {
        showHit(session, hit);
        session.camera.current?.focus();
      },
    }));
}
