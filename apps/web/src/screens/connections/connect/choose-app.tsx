import type { CredentialTypeView } from '@millwright/contracts';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { EmptyState } from '../../../ui/states/empty-state.tsx';
import { AppSign } from '../app-sign.tsx';
import { type App, useKnownTitle } from '../connection-words.ts';

const ROW =
  'flex min-h-11 w-full items-center gap-3 rounded-control px-2 py-1.5 text-left hover:bg-raised focus-visible:bg-raised focus-visible:-outline-offset-2';

function Choice({
  sign,
  title,
  hint,
  onClick,
}: {
  readonly sign?: ReactNode;
  readonly title: string;
  readonly hint: string;
  readonly onClick: () => void;
}) {
  return (
    <li>
      <button type="button" className={ROW} onClick={onClick}>
        {sign}
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{title}</span>
          <span className="block text-secondary text-text-3">{hint}</span>
        </span>
        <ChevronRight size={16} className="shrink-0 text-text-3" aria-hidden="true" />
      </button>
    </li>
  );
}

/** Which app to connect, found by name. */
export function ChooseApp({ apps, onChoose }: { readonly apps: readonly App[]; readonly onChoose: (app: App) => void }) {
  const { t } = useTranslation('connections');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const found = apps.filter(({ title, key }) => title.toLocaleLowerCase().includes(wanted) || key.includes(wanted));
  if (apps.length === 0) return <EmptyState title={t('choose.none')}>{t('choose.noneText')}</EmptyState>;
  return (
    <div className="mt-3 flex flex-col gap-2">
      <TextInput
        aria-label={t('choose.search')}
        placeholder={t('choose.search')}
        autoComplete="off"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = found;
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          onChoose(first);
        }}
      />
      <output className="sr-only">{wanted === '' ? '' : t('choose.found', { count: found.length })}</output>
      {found.length === 0 ? <p className="px-2 py-3 text-text-2">{t('choose.noMatch')}</p> : null}
      <ul className="-mx-2 max-h-80 overflow-y-auto">
        {found.map((app) => (
          <Choice
            key={app.key}
            sign={<AppSign appKey={app.key} title={app.title} sizePx={28} />}
            title={app.title}
            hint={t('choose.ways', { count: app.types.length })}
            onClick={() => onChoose(app)}
          />
        ))}
      </ul>
    </div>
  );
}

/** Which way to connect, where an app has several. */
export function ChooseKind({ app, onChoose }: { readonly app: App; readonly onChoose: (type: CredentialTypeView) => void }) {
  const { t } = useTranslation('connections');
  const known = useKnownTitle();
  return (
    <ul className="-mx-2 mt-3">
      {app.types.map((type) => (
        <Choice key={type.type} title={known(type.title)} hint={t(`choose.by.${type.connect}`)} onClick={() => onChoose(type)} />
      ))}
    </ul>
  );
}
