import { useId, useRef, useEffect, useState } from 'react';
import { Avatar } from '../../../../shell/avatar.tsx';
import { Button } from '../../../../ui/controls/button.tsx';
import { useSession } from '../../../../api/session.ts';
import { useTexts } from '../../../texts.ts';
import { entryWords } from './entry-words.ts';
import { type EntryGroup, groupByAuthor, isOnlyBy, type ListedEntry } from './selection.ts';
import type { DraftDifference } from './use-draft-difference.ts';
import type { Choice } from './use-publishing.ts';

/** Rows of one group that are drawn before somebody asks for more. */
const MORE = 100;

interface TickProps {
  readonly id?: string;
  readonly label?: string;
  readonly state: 'on' | 'off' | 'some';
  readonly describedBy?: string | undefined;
  readonly onChange: (isOn: boolean) => void;
}

/** A check box that can also say "some of them". */
function Tick({ id, label, state, describedBy, onChange }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = state === 'some';
  }, [state]);
  return (
    <input
      ref={box}
      id={id}
      type="checkbox"
      aria-label={label}
      aria-describedby={describedBy}
      className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      checked={state === 'on'}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

interface ListProps {
  readonly difference: DraftDifference;
  readonly choice: Choice;
  readonly canChoose: boolean;
}

/** What stands under a sentence: where it is, who else changed it, what goes along. */
function useNotes(entry: ListedEntry, { entries, naming }: DraftDifference, owner: string | null): readonly string[] {
  const { t, language } = useTexts();
  const { user } = useSession();
  const { place } = entryWords(entry.subject, naming);
  const others = entry.authors
    .filter(({ id }) => id !== owner)
    .map(({ id, name }) => (id === user.id ? t('publishing.you') : (name ?? t('publishing.left'))));
  const foreign = entries.filter(({ key }) => entry.needs.has(key)).filter((needed) => !isOnlyBy(needed, user.id));
  const notes = [
    place ?? '',
    others.length > 0 ? t('publishing.also', { names: new Intl.ListFormat(language).format(others) }) : '',
    ...foreign.slice(0, 2).map((needed) => t('publishing.takesAlong', { what: entryWords(needed.subject, naming).sentence })),
  ];
  return notes.filter((note) => note !== '');
}

function Row({ entry, owner, difference, choice, canChoose }: ListProps & { readonly entry: ListedEntry; readonly owner: string | null }) {
  const id = useId();
  const { sentence } = entryWords(entry.subject, difference.naming);
  const notes = useNotes(entry, difference, owner);
  const words = (
    <span className="min-w-0 flex-1">
      <span className="block text-body break-words">{sentence}</span>
      {notes.length > 0 ? (
        <span id={`${id}-notes`} className="block text-secondary break-words text-text-2">
          {notes.join(' · ')}
        </span>
      ) : null}
    </span>
  );
  if (!canChoose) return <li className="py-1">{words}</li>;
  return (
    <li>
      <label className="flex gap-2.5 rounded-control px-1 py-1 hover:bg-raised pointer-coarse:min-h-11">
        <Tick
          label={sentence}
          state={choice.chosen.has(entry.key) ? 'on' : 'off'}
          describedBy={notes.length > 0 ? `${id}-notes` : undefined}
          onChange={(isOn) => choice.choose([entry.key], isOn)}
        />
        {words}
      </label>
    </li>
  );
}

function useTitle({ author, isMine }: EntryGroup): string {
  const { t } = useTexts();
  if (isMine) return t('publishing.mine');
  return author === null ? t('publishing.unknown') : t('publishing.by', { name: author.name ?? t('publishing.left') });
}

function Group({ group, ...list }: ListProps & { readonly group: EntryGroup }) {
  const { t } = useTexts();
  const id = useId();
  const [shown, setShown] = useState(MORE);
  const title = useTitle(group);
  const { entries, author, isMine } = group;
  const ticked = entries.filter(({ key }) => list.choice.chosen.has(key)).length;
  const state = ticked === 0 ? 'off' : ticked === entries.length ? 'on' : 'some';
  const keys = entries.map(({ key }) => key);
  return (
    <section aria-labelledby={id} className="border-t border-border pt-2 first:border-t-0 first:pt-0">
      <div className="flex items-center gap-2.5 px-1">
        {list.canChoose ? (
          <Tick label={t('publishing.allOf', { group: title })} state={state} onChange={(isOn) => list.choice.choose(keys, isOn)} />
        ) : null}
        {author === null ? null : <Avatar name={author.name ?? '?'} sizePx={20} />}
        <h3 id={id} className="min-w-0 flex-1 text-body font-semibold break-words">
          {title}
        </h3>
        <span className="num shrink-0 text-secondary text-text-2 max-sm:hidden">{t('publishing.count', { count: entries.length })}</span>
      </div>
      {isMine || !list.canChoose || state === 'on' ? null : (
        <p className="mt-0.5 px-1 text-secondary text-text-2">
          {t(author === null ? 'publishing.unknownHint' : 'publishing.colleagueHint')}
        </p>
      )}
      <ul className="mt-1 flex flex-col sm:pl-6">
        {entries.slice(0, shown).map((entry) => (
          <Row key={entry.key} entry={entry} owner={author?.id ?? null} {...list} />
        ))}
      </ul>
      {entries.length > shown ? (
        <Button variant="quiet" size="sm" className="ml-6" onClick={() => setShown(shown + MORE)}>
          {t('publishing.more', { count: Math.min(MORE, entries.length - shown) })}
        </Button>
      ) : null}
    </section>
  );
}

/** What would change, by person, with what is ticked of it. */
export function ChangeList(props: ListProps) {
  const { t } = useTexts();
  const { user } = useSession();
  const { difference, choice } = props;
  return (
    <section
      aria-label={t('publishing.list')}
      className="my-3 flex flex-col gap-2 sm:max-h-[42dvh] sm:overflow-y-auto rounded-control border border-border p-2"
    >
      {groupByAuthor(difference.entries, user.id).map((group) => (
        <Group key={group.author?.id ?? ''} group={group} {...props} />
      ))}
      {choice.isAllOrNothing ? <p className="px-1 text-secondary text-text-2">{t('publishing.tooMany')}</p> : null}
    </section>
  );
}
