import { Combobox } from '@base-ui/react/combobox';
import type { OptionView } from '@millwright/contracts';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Button } from '../../../ui/controls/button.tsx';
import { classes } from '../../../ui/controls/classes.ts';
import { Spinner } from '../../../ui/controls/spinner.tsx';
import { controlClass } from '../../../ui/controls/text-input.tsx';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import type { OptionList } from './use-option-list.ts';

function Entry({ option }: { readonly option: OptionView }) {
  return (
    <Combobox.Item
      value={option}
      className="flex min-h-8 items-center gap-2 rounded-control px-2 py-1 text-body outline-none data-highlighted:bg-raised pointer-coarse:min-h-11"
    >
      <span className="min-w-0 flex-1">
        <span className="block break-words">{option.label}</span>
        {option.detail === undefined ? null : <span className="block truncate text-secondary text-text-3">{option.detail}</span>}
      </span>
      <span className="w-4 text-accent">
        <Combobox.ItemIndicator>
          <Check size={14} />
        </Combobox.ItemIndicator>
      </span>
    </Combobox.Item>
  );
}

/** How the list stands, in words that assistive technology reads out. */
function useStatusText({ isLoading, error, search, options }: OptionList): string {
  const { t } = useTexts();
  if (isLoading) return t('options.loading');
  if (error !== null && options.length === 0) return t('options.failed');
  if (options.length > 0) return '';
  return search.trim() === '' ? t('options.none') : t('options.noneFound', { search: search.trim() });
}

/** The open list, with how it stands above it. */
function OptionPopup({ list }: { readonly list: OptionList }) {
  const { t } = useTexts();
  const status = useStatusText(list);
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={4} collisionPadding={8} className="z-50 outline-none">
        <Combobox.Popup
          aria-busy={list.isLoading || undefined}
          className="float max-h-[min(var(--available-height),22rem)] max-w-(--available-width) min-w-(--anchor-width) overflow-y-auto rounded-card p-1 outline-none"
        >
          <Combobox.Status className="flex items-center gap-2 px-2 py-1 text-secondary text-text-2 empty:hidden">
            {status === '' ? null : (
              <>
                {list.isLoading ? <Spinner /> : null}
                {status}
              </>
            )}
          </Combobox.Status>
          <Combobox.List>{(option: OptionView) => <Entry key={option.value} option={option} />}</Combobox.List>
          {list.showMore === null ? null : (
            <Button size="sm" variant="quiet" className="m-1" onClick={list.showMore} busy={list.isLoading}>
              {t('options.more')}
            </Button>
          )}
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}

/** Chooses one of a service's values: typing searches, arrows and Enter choose, Escape leaves what was. */
export function OptionCombobox({
  list,
  chosen,
  onChoose,
  control,
  placeholder,
}: {
  readonly list: OptionList;
  readonly chosen: OptionView | null;
  readonly onChoose: (option: OptionView | null) => void;
  readonly control: { readonly id: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': true | undefined };
  readonly placeholder: string;
}) {
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  return (
    <Combobox.Root
      items={list.options}
      filter={null}
      value={chosen}
      isItemEqualToValue={(item: OptionView, value: OptionView) => item.value === value.value}
      itemToStringLabel={(option: OptionView) => option.label}
      readOnly={isReadOnly}
      onValueChange={onChoose}
      onOpenChange={(isOpen) => (isOpen ? undefined : list.setSearch(''))}
      onInputValueChange={(text, { reason }) => (reason === 'input-change' ? list.setSearch(text.slice(0, 200)) : undefined)}
    >
      <Combobox.InputGroup className="relative min-w-0 flex-1">
        <Combobox.Input {...control} placeholder={placeholder} className={classes(controlClass, 'h-8 pr-8')} spellCheck={false} />
        <Combobox.Trigger
          aria-label={t('options.open')}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center text-text-3 hover:text-text"
        >
          <ChevronsUpDown size={14} aria-hidden="true" />
        </Combobox.Trigger>
      </Combobox.InputGroup>
      <OptionPopup list={list} />
    </Combobox.Root>
  );
}
