import { useState } from 'react';
import { classes } from '../../ui/controls/classes.ts';
import { useTexts } from '../texts.ts';
import { type DiffLine, diffLines } from './line-diff.ts';

/** Characters and lines that are shown before somebody asks for all. */
const SHORT = { characters: 240, lines: 8 } as const;

type Side = 'before' | 'after';

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

/** The lines of one side that are near a change. */
function nearChanges(lines: readonly DiffLine[], side: Side): readonly DiffLine[] {
  const isNear = (at: number): boolean => [at - 1, at, at + 1].some((near) => (lines[near]?.kind ?? 'same') !== 'same');
  const other = side === 'before' ? 'added' : 'removed';
  return lines.filter((line, at) => line.kind !== other && isNear(at));
}

function Lines({ lines, isCut }: { readonly lines: readonly DiffLine[]; readonly isCut: boolean }) {
  const { t } = useTexts();
  return (
    <code className="block font-mono text-secondary">
      {lines.map((line, at) => (
        <span
          key={at}
          className={classes(
            'block px-1 break-words whitespace-pre-wrap',
            line.kind === 'removed' && 'bg-status-failed/12',
            line.kind === 'added' && 'bg-status-success/12',
          )}
        >
          <span aria-hidden="true" className="mr-1.5 select-none text-text-3">
            {SIGNS[line.kind]}
          </span>
          {line.kind === 'same' ? null : (
            <span className="sr-only">{t(line.kind === 'added' ? 'versions.lineAdded' : 'versions.lineRemoved')} </span>
          )}
          {line.text}
        </span>
      ))}
      {isCut ? <span className="block px-1 text-text-3">…</span> : null}
    </code>
  );
}

/**
 * One of the two values of a change. Long ones are cut, with the rest a click away; of texts with several lines those near a
 * change are shown.
 */
export function ValueCell({ before, after, side }: { readonly before: string | null; readonly after: string | null; readonly side: Side }) {
  const { t } = useTexts();
  const [isWhole, setWhole] = useState(false);
  const value = side === 'before' ? before : after;
  // Below 768 px the table's heads are not seen.
  const label = (
    <span aria-hidden="true" className="mr-2 text-meta text-text-3 md:hidden">
      {t(side === 'before' ? 'versions.old' : 'versions.new')}
    </span>
  );
  if (value === null)
    return (
      <span className="text-text-3">
        {label}
        {t('versions.nothing')}
      </span>
    );
  const isText = `${before ?? ''}${after ?? ''}`.includes('\n');
  const all = isText ? diffLines(before ?? '', after ?? '').filter(({ kind }) => kind !== (side === 'before' ? 'added' : 'removed')) : [];
  const near = isText ? nearChanges(diffLines(before ?? '', after ?? ''), side).slice(0, SHORT.lines) : [];
  const isLong = isText ? near.length < all.length : value.length > SHORT.characters;
  return (
    <span className="block py-1">
      {label}
      {isText ? (
        <Lines lines={isWhole ? all : near} isCut={!isWhole && isLong} />
      ) : (
        <span className="break-words whitespace-pre-wrap">{isWhole || !isLong ? value : `${value.slice(0, SHORT.characters)}…`}</span>
      )}
      {isLong ? (
        <button
          type="button"
          aria-expanded={isWhole}
          className="mt-0.5 rounded-control text-secondary text-accent underline underline-offset-2 pointer-coarse:min-h-11"
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? 'versions.showLess' : 'versions.showAll')}
        </button>
      ) : null}
    </span>
  );
}
