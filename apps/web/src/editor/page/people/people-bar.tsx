import { Eye } from 'lucide-react';
import type { CSSProperties } from 'react';
import { initialsOf } from '../../../shell/avatar.tsx';
import { Menu, type MenuEntry } from '../../../ui/layers/menu.tsx';
import { Tooltip } from '../../../ui/layers/tooltip.tsx';
import type { OpenPage } from '../../core/state/presence-store.ts';
import { useEditor, usePeople } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import '../../canvas/presence/presence.css';

/** People who are shown by themselves; the rest stands behind a number. */
const SHOWN = 3;

/** One page of each person: the one that does something, else the first. */
function personsOf(pages: readonly OpenPage[]): readonly OpenPage[] {
  const persons = new Map<string, OpenPage>();
  for (const page of pages) {
    const known = persons.get(page.userId);
    if (!known || (known.field === null && page.field !== null)) persons.set(page.userId, page);
  }
  return [...persons.values()];
}

function usePersonWords() {
  const { t } = useTexts();
  return (page: OpenPage): string => {
    const name = page.isMe ? t('people.me') : `\u2068${page.name}\u2069`;
    return `${name}, ${t(page.canEdit ? 'people.canEdit' : 'people.looks')}`;
  };
}

/** A person as a disc in the colour that their pointer and their rings have; follows their camera. */
function Person({ page, isFollowed, onFollow }: { readonly page: OpenPage; readonly isFollowed: boolean; readonly onFollow: () => void }) {
  const { t } = useTexts();
  const words = usePersonWords();
  const hint = t(isFollowed ? 'people.unfollow' : 'people.follow', { name: page.isMe ? t('people.me') : page.name });
  return (
    <Tooltip label={`${words(page)}. ${hint}`}>
      <button
        type="button"
        aria-pressed={isFollowed}
        aria-label={words(page)}
        onClick={onFollow}
        style={{ '--peer': `var(--peer-${page.color})` } as CSSProperties}
        className="mw-person"
        data-initials={initialsOf(page.name)}
      >
        {page.canEdit ? null : <Eye size={10} aria-hidden="true" className="mw-person-looks" />}
      </button>
    </Tooltip>
  );
}

/** Who else has this draft open: up to three people, and how many more. Nothing while one is alone. */
export function PeopleBar() {
  const { presence } = useEditor();
  const { t } = useTexts();
  const words = usePersonWords();
  const { pages, following } = usePeople((state) => state);
  if (!presence || pages.length === 0) return null;
  const persons = personsOf(pages);
  const followed = pages.find((page) => page.pageId === following);
  const toggle = (page: OpenPage): void => presence.follow(page.pageId === following ? null : page.pageId);
  const rest = persons.slice(SHOWN);
  const entries = rest.map((page): MenuEntry => ({
    key: String(page.pageId),
    label: words(page),
    checked: page.pageId === following,
    onSelect: () => toggle(page),
  }));
  return (
    <div role="group" aria-label={t('people.here')} className="mr-1 flex items-center pl-1.5">
      {persons.slice(0, SHOWN).map((page) => (
        <Person key={page.userId} page={page} isFollowed={page.pageId === following} onFollow={() => toggle(page)} />
      ))}
      {rest.length === 0 ? null : (
        <Menu
          header={<p className="px-2 pt-1.5 pb-0.5 text-meta text-text-3">{t('people.here')}</p>}
          entries={entries}
          trigger={
            <button type="button" aria-label={t('people.more', { count: rest.length })} className="mw-person num">
              +{rest.length}
            </button>
          }
        />
      )}
      <span role="status" className="sr-only">
        {followed ? t('people.following', { name: followed.name }) : ''}
      </span>
    </div>
  );
}
