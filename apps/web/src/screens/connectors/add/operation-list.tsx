import type { ImportedConnectorView } from '@millwright/contracts';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/controls/button.tsx';
import { SearchInput } from '../../../ui/controls/search-input.tsx';
import { Pill } from '../../../ui/states/pill.tsx';

type Action = ImportedConnectorView['actions'][number];

/** Which operations become steps. */
export interface OperationChoice {
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

function has({ title, operation }: Action, search: string): boolean {
  const text = `${title} ${operation}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

interface OperationProps {
  readonly action: Action;
  readonly choice: OperationChoice;
  /** What became of it; absent where there is nothing to compare with. */
  readonly mark?: ReactNode;
}

function Operation({ action, mark, choice: { chosen, onChoose } }: OperationProps) {
  const { t } = useTranslation('connectors');
  const { operation, title, isWrite, paging, notes } = action;
  const toggle = (isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(operation);
    else next.delete(operation);
    onChoose(next);
  };
  return (
    <li className="border-b border-border/70 py-2 last:border-b-0">
      <label className="flex min-w-0 items-start gap-2.5 pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
          checked={chosen.has(operation)}
          onChange={(event) => toggle(event.currentTarget.checked)}
        />
        <span className="min-w-0 flex-1">
          <bdi className="font-medium break-words">{title}</bdi>{' '}
          <code className="block font-mono text-secondary break-all text-text-3">{operation}</code>
        </span>
        <span className="flex shrink-0 flex-wrap justify-end gap-1 max-sm:max-w-24">
          {mark}
          <Pill>{t(isWrite ? 'add.writes' : 'add.reads')}</Pill>
          {paging === null ? null : <Pill>{t('add.paged')}</Pill>}
        </span>
      </label>
      {notes.length === 0 ? null : (
        <ul lang="en" className="mt-1 list-disc pl-11 text-secondary break-words text-text-3">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

interface OperationListProps {
  readonly actions: readonly Action[];
  readonly choice: OperationChoice;
  /** What is shown beside an operation. Default nothing. */
  readonly markOf?: (operation: string) => ReactNode;
}

/** The operations of a description, each to be taken or left. */
export function OperationList({ actions, choice, markOf }: OperationListProps) {
  const { t } = useTranslation('connectors');
  const [search, setSearch] = useState('');
  const shown = actions.filter((action) => has(action, search));
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput label={t('add.search')} value={search} onChange={setSearch} />
        <Button size="sm" onClick={() => choice.onChoose(new Set([...choice.chosen, ...shown.map(({ operation }) => operation)]))}>
          {t('add.all', { count: shown.length })}
        </Button>
        <Button size="sm" variant="quiet" onClick={() => choice.onChoose(new Set())}>
          {t('add.none')}
        </Button>
        <span role="status" className="num text-secondary text-text-2">
          {t('add.chosen', { count: choice.chosen.size })}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="py-3 text-text-3">{t('add.noMatch')}</p>
      ) : (
        <ul
          aria-label={t('add.choose')}
          // Long lists scroll by themselves, so that the name below stays in reach.
          className="max-h-105 overflow-y-auto rounded-control border border-border px-3"
        >
          {shown.map((action) => (
            <Operation key={action.operation} action={action} choice={choice} mark={markOf?.(action.operation)} />
          ))}
        </ul>
      )}
    </div>
  );
}
