import { useEffect, useRef } from 'react';
import type { Hit } from '../core/find/find-hits.ts';
import { useTexts } from '../texts.ts';
import { snippetOf, useHitWords } from './hit-words.ts';

/** Hits that are listed; the arrows go through all of them. */
const LISTED = 200;

/** The part of the hits around the one that the search is at. */
function pageOf(count: number, index: number): number {
  return index < LISTED ? 0 : Math.min(Math.floor(index / LISTED) * LISTED, Math.max(0, count - 1));
}

/** Every hit with its step, its field and a little of the text around it. */
export function HitList({
  hits,
  index,
  onGo,
}: {
  readonly hits: readonly Hit[];
  readonly index: number;
  readonly onGo: (index: number) => void;
}) {
  const { t } = useTexts();
  const words = useHitWords();
  const list = useRef<HTMLUListElement>(null);
  const start = pageOf(hits.length, index);
  const shown = hits.slice(start, start + LISTED);
  useEffect(() => {
    list.current?.querySelector('[aria-current=true]')?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  if (hits.length === 0) return null;
  return (
    <ul ref={list} aria-label={t('find.list')} className="min-h-0 flex-1 overflow-y-auto p-1.5">
      {shown.map((hit, offset) => {
        const [before, text, after] = snippetOf(hit);
        return (
          // oxlint-disable-next-line react/no-array-index-key -- a hit is its place in the list
          <li key={start + offset}>
            <button
              type="button"
              aria-current={start + offset === index}
              onClick={() => onGo(start + offset)}
              className="block w-full rounded-control px-2 py-1.5 text-left hover:bg-raised aria-current:bg-raised"
            >
              <span className="flex gap-1.5 text-secondary">
                <span className="min-w-0 truncate font-medium">{words.ownerOf(hit)}</span>
                <span className="shrink-0 text-text-3">{words.placeOf(hit)}</span>
              </span>
              <span className="block truncate font-mono text-meta text-text-2">
                {before}
                <mark className="rounded-[2px] bg-accent/20 text-text">{text}</mark>
                {after}
              </span>
            </button>
          </li>
        );
      })}
      {hits.length > shown.length ? (
        <li className="px-2 py-1.5 text-secondary text-text-3">{t('find.more', { count: hits.length - shown.length })}</li>
      ) : null}
    </ul>
  );
}
