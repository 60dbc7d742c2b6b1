import { ArrowDown, ArrowUp, CaseSensitive, Database, Replace, WholeWord } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { controlClass } from '../../ui/controls/text-input.tsx';
import { useEditor, useInterface } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { HitList } from './hit-list.tsx';
import { ReplaceForm } from './replace-form.tsx';
import { useFind } from './use-find.ts';

type FindState = ReturnType<typeof useFind>;

function Toggle({
  label,
  icon,
  isOn,
  onChange,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}) {
  return (
    <IconButton
      size="sm"
      label={label}
      icon={icon}
      aria-pressed={isOn}
      className="aria-pressed:bg-raised aria-pressed:text-accent"
      onClick={() => onChange(!isOn)}
    />
  );
}

/** What is looked for; takes the focus whenever the search is asked for. */
function SearchField({ find }: { readonly find: FindState }) {
  const { t } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  const number = useInterface((state) => state.findNumber);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [number]);
  return (
    <input
      ref={field}
      type="search"
      aria-label={t('find.search')}
      placeholder={t('find.search')}
      autoComplete="off"
      spellCheck={false}
      value={find.query.text}
      onChange={(event) => find.onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') (event.shiftKey ? find.previous : find.next)();
        else if (event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey)) event.currentTarget.select();
        else return;
        event.preventDefault();
      }}
      className={`${controlClass} h-9 w-full`}
    />
  );
}

function Count({ find }: { readonly find: FindState }) {
  const { t } = useTexts();
  const { hits, index, isDone, query } = find;
  const words =
    query.text === ''
      ? ''
      : index >= 0
        ? t('find.at', { number: index + 1, count: hits.length })
        : hits.length === 0 && isDone
          ? t('find.nothing')
          : t('find.count', { count: hits.length });
  return (
    <span role="status" className="num min-w-0 flex-1 truncate text-secondary text-text-2">
      {isDone ? words : t('find.searching', { count: hits.length })}
    </span>
  );
}

/** Finds text in steps, parameters, expressions, programs and notes, and replaces it where that is safe. */
export function FindPanel() {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const find = useFind();
  const [isReplacing, setReplacing] = useState(false);
  return (
    <section aria-label={t('find.title')} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-2 border-b border-border p-3">
        <SearchField find={find} />
        <div className="flex items-center gap-1">
          <Toggle label={t('find.case')} icon={<CaseSensitive size={16} />} isOn={find.query.isCaseSensitive} onChange={find.onCase} />
          <Toggle label={t('find.word')} icon={<WholeWord size={16} />} isOn={find.query.isWholeWord} onChange={find.onWord} />
          <Toggle label={t('find.data')} icon={<Database size={15} />} isOn={find.withData} onChange={find.onData} />
          {isReadOnly ? null : <Toggle label={t('find.replace')} icon={<Replace size={15} />} isOn={isReplacing} onChange={setReplacing} />}
          <span className="flex-1" />
          <IconButton size="sm" label={t('find.previous')} icon={<ArrowUp size={15} />} onClick={find.previous} />
          <IconButton size="sm" label={t('find.next')} icon={<ArrowDown size={15} />} onClick={find.next} />
        </div>
        {isReplacing && !isReadOnly ? <ReplaceForm hits={find.hits} index={find.index} isDone={find.isDone} /> : null}
        <div className="flex min-h-5 items-center">
          <Count find={find} />
        </div>
      </div>
      <HitList hits={find.hits} index={find.index} onGo={find.go} />
      {find.query.text === '' ? <p className="p-3 text-secondary text-text-3">{t('find.hint')}</p> : null}
    </section>
  );
}
