import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SheetSection } from '../../../shell/sheet-section.tsx';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { Notice } from '../../connections/parts/notice.tsx';
import { type AddedConnector, type FoundDescription, useAddConnector } from '../connector-queries.ts';
import { addWords } from './add-words.ts';
import { OperationList } from './operation-list.tsx';

/** Operations of one connector, as the API takes them. */
export const MOST_OPERATIONS = 200;

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-col sm:flex-row sm:gap-3">
      <dt className="shrink-0 text-text-3 sm:w-36">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** What was guessed or left out. */
function Unclear({ view: { notes, skipped } }: Pick<FoundDescription, 'view'>) {
  const { t } = useTranslation('connectors');
  if (notes.length + skipped.length === 0) return null;
  return (
    <details className="mt-3">
      <summary className="cursor-pointer font-medium">
        {t('add.unclear')}
        {skipped.length > 0 ? ` · ${t('add.skipped', { count: skipped.length })}` : ''}
      </summary>
      <p className="text-secondary text-text-3">{t('add.unclearHint')}</p>
      <ul lang="en" className="mt-1 list-disc pl-5 text-secondary break-words text-text-2">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {skipped.map(({ operation, why }) => (
          <li key={operation}>
            <code className="font-mono break-all">{operation}</code>: {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What is in a description. */
export function Facts({ view }: Pick<FoundDescription, 'view'>) {
  const { t } = useTranslation('connectors');
  return (
    <>
      <dl className="flex flex-col gap-1.5">
        <Fact name={t('add.name')}>
          <bdi>{view.title}</bdi>, {t('add.operations', { count: view.actions.length })}
        </Fact>
        <Fact name={t('add.requests')}>
          <code className="font-mono text-secondary break-all">{view.hosts.length === 0 ? view.baseUrl : view.hosts.join(', ')}</code>
        </Fact>
        <Fact name={t('add.signIn')}>{view.auth.length === 0 ? t('add.noSignIn') : view.auth.join(', ')}</Fact>
      </dl>
      <Unclear view={view} />
    </>
  );
}

interface FoundPanelProps {
  readonly found: FoundDescription;
  readonly onAdded: (added: AddedConnector) => void;
}

/** Names what was chosen, and adds it. */
function NameForm({ found, chosen, onAdded }: FoundPanelProps & { readonly chosen: ReadonlySet<string> }) {
  const { t } = useTranslation('connectors');
  const core = useTranslation('core');
  const [title, setTitle] = useState(found.view.title.slice(0, 40));
  const add = useAddConnector(found);
  const words = add.isError ? addWords(add.error, t, core.t) : null;
  const isTooMany = chosen.size > MOST_OPERATIONS;
  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ title: title.trim(), operations: [...chosen] }, { onSuccess: onAdded });
      }}
    >
      <Field label={t('add.nameLabel')}>
        {(control) => (
          <TextInput {...control} required maxLength={40} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
        )}
      </Field>
      {isTooMany ? <Notice tone="info" title={t('add.tooManyChosen', { most: MOST_OPERATIONS })} /> : null}
      {words ? (
        <Notice tone="bad" title={words.what}>
          {words.next}
        </Notice>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        busy={add.isPending}
        disabled={chosen.size === 0 || isTooMany || title.trim() === ''}
        className="self-start"
      >
        {t('add.add')}
      </Button>
    </form>
  );
}

/** What is in a description; what is taken of it gets a name and is added. */
export function FoundPanel({ found, onAdded }: FoundPanelProps) {
  const { t } = useTranslation('connectors');
  const { view } = found;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(view.actions.length <= MOST_OPERATIONS ? view.actions.map(({ operation }) => operation) : []),
  );
  return (
    <>
      <SheetSection title={t('add.found')} hint={t('add.foundHint')}>
        <Facts view={view} />
      </SheetSection>
      <SheetSection title={t('add.choose')} hint={t('add.chooseHint')}>
        <OperationList actions={view.actions} choice={{ chosen, onChoose: setChosen }} />
      </SheetSection>
      <SheetSection title={t('add.name')} hint={t('add.nameHint')}>
        <NameForm found={found} chosen={chosen} onAdded={onAdded} />
      </SheetSection>
    </>
  );
}
