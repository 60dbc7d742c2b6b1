import type { HistoryEntryView } from '@millwright/contracts';
import { Ellipsis } from 'lucide-react';
import { useFormat } from '../../i18n/format.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { classes } from '../../ui/controls/classes.ts';
import { Menu, type MenuEntry } from '../../ui/layers/menu.tsx';
import { Pill } from '../../ui/states/pill.tsx';
import { useTexts } from '../texts.ts';
import { entryTitle, isAutomatic } from './entry-words.ts';
import type { Compared } from './use-compared.ts';
import { DRAFT_ID } from './use-history.ts';

/** One state in the list. */
export interface EntryRowProps {
  /** Null: the draft as it is now. */
  readonly entry: HistoryEntryView | null;
  /** Id of the state before it; null where there is none, or it is not loaded. */
  readonly older: string | null;
  readonly compared: Compared;
  readonly onCompare: (next: { readonly before?: string; readonly after?: string }) => void;
  /** What can be done with it. */
  readonly movesOf: (entry: HistoryEntryView) => readonly MenuEntry[];
}

function Side({
  name,
  id,
  title,
  compared,
  onCompare,
}: Pick<EntryRowProps, 'compared' | 'onCompare'> & { readonly name: 'before' | 'after'; readonly id: string; readonly title: string }) {
  const { t } = useTexts();
  return (
    <label className="flex w-13 shrink-0 cursor-pointer items-center justify-center self-stretch rounded-control hover:bg-raised">
      <input
        type="radio"
        name={`versions-${name}`}
        className="size-4 accent-(--accent)"
        aria-label={t(`versions.${name}Is`, { title })}
        checked={compared[name] === id}
        onChange={() => onCompare({ [name]: id })}
      />
    </label>
  );
}

/** Who and when; for the draft that it is what is edited. */
function EntryLine({ entry }: { readonly entry: HistoryEntryView | null }) {
  const { t } = useTexts();
  const format = useFormat();
  if (entry === null) return <span className="truncate text-meta text-text-3">{t('versions.draftHint')}</span>;
  const who = entry.by?.name ?? t('versions.somebody');
  return (
    <span className="truncate text-meta text-text-3" title={format.exact(entry.at)}>
      {entry.kind === 'point' && entry.cause !== 'name' ? `${t(`versions.cause.${entry.cause}`)} · ` : ''}
      {who}
      {isAutomatic(entry) ? null : (
        <>
          {' · '}
          <time dateTime={entry.at}>{format.time(entry.at)}</time>
        </>
      )}
    </span>
  );
}

/** A state: whether it is compared, what it is, and what can be done with it. Its name shows what changed in it. */
export function EntryRow({ entry, older, compared, onCompare, movesOf }: EntryRowProps) {
  const { t } = useTexts();
  const format = useFormat();
  const id = entry?.id ?? DRAFT_ID;
  const title = entryTitle(entry, t, format);
  const isChosen = compared.before === id || compared.after === id;
  const note = entry?.kind === 'version' ? entry.note : '';
  const moves = entry ? movesOf(entry) : [];
  return (
    <li className={classes('flex min-h-11 items-center gap-1 px-1', isChosen && 'bg-accent/8')}>
      <Side name="before" id={id} title={title} compared={compared} onCompare={onCompare} />
      <Side name="after" id={id} title={title} compared={compared} onCompare={onCompare} />
      <button
        type="button"
        className="flex min-w-0 flex-1 flex-col rounded-control px-1 py-1 text-left hover:bg-raised"
        title={t('versions.showChanges', { title })}
        disabled={older === null}
        onClick={() => (older === null ? undefined : onCompare({ before: older, after: id }))}
      >
        <span className="flex min-w-0 items-center gap-1.5 text-body font-medium">
          <span className="truncate">{entry && isAutomatic(entry) ? format.time(entry.at) : title}</span>
          {entry?.kind === 'version' && entry.live ? <Pill tone="success">{t('versions.live')}</Pill> : null}
        </span>
        {note === '' ? null : <span className="truncate text-secondary text-text-2">{note}</span>}
        <EntryLine entry={entry} />
      </button>
      {moves.length === 0 ? null : (
        <Menu
          align="end"
          trigger={<IconButton size="sm" label={t('versions.moves', { title })} icon={<Ellipsis size={15} aria-hidden="true" />} />}
          entries={moves}
        />
      )}
    </li>
  );
}
