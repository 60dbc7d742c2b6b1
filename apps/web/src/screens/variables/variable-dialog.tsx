import { ApiError } from '@millwright/client';
import type { VariableView } from '@millwright/contracts';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorWords } from '../../api/error-words.ts';
import { Button } from '../../ui/controls/button.tsx';
import { classes } from '../../ui/controls/classes.ts';
import { Field } from '../../ui/controls/field.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { controlClass, TextInput } from '../../ui/controls/text-input.tsx';
import { Dialog } from '../../ui/layers/dialog.tsx';
import { showToast } from '../../ui/layers/toast.tsx';
import { useSetVariable } from './variable-mutations.ts';
import { kindOf, readValue, type ValueKind, writtenOf } from './variable-value.ts';

/** As in the contract, which the browser must not load with its schemas. */
const KEY = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

interface FormProps {
  readonly id: string;
  /** Null: a new one. */
  readonly variable: VariableView | null;
  readonly set: ReturnType<typeof useSetVariable>;
  readonly onDone: (key: string) => void;
}

/** What is wrong with the key or the value, in words. */
function useFaults(error: unknown, known: { readonly key: boolean; readonly value: boolean }) {
  const { t } = useTranslation('variables');
  const core = useTranslation('core');
  if (known.key) return { key: t('form.keyError') };
  if (known.value) return { value: t('form.jsonError') };
  if (!error) return {};
  if (error instanceof ApiError && error.code === 'variable_exists') return { key: t('form.exists') };
  if (error instanceof ApiError && error.code === 'variable_too_large') return { value: t('form.tooLarge') };
  if (error instanceof ApiError && error.code === 'variables_full') return { value: t('form.full') };
  const words = errorWords(error, core.t);
  return { value: `${words.what} ${words.next}` };
}

function VariableForm({ id, variable, set, onDone }: FormProps) {
  const { t } = useTranslation('variables');
  const [key, setKey] = useState(variable?.key ?? '');
  const [kind, setKind] = useState<ValueKind>(variable === null ? 'text' : kindOf(variable.value));
  const [written, setWritten] = useState(variable === null ? '' : writtenOf(variable.value));
  const [faulty, setFaulty] = useState({ key: false, value: false });
  const faults: { readonly key?: string; readonly value?: string } = useFaults(set.error, faulty);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const value = readValue(written, kind);
    setFaulty({ key: !KEY.test(key), value: value === undefined });
    if (value === undefined || !KEY.test(key) || set.isPending) return;
    set.mutate({ key, value, isNew: variable === null }, { onSuccess: () => onDone(key) });
  };
  const kinds = (['text', 'json'] as const).map((one) => ({ value: one, label: t(`form.kinds.${one}`) }));
  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4 pt-3">
      <Field label={t('form.key')} hint={t('form.keyHint', { key: KEY.test(key) ? key : 'region' })} error={faults.key}>
        {(control) => (
          <TextInput
            {...control}
            mono
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            readOnly={variable !== null}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={t('form.kind')}>{(control) => <Select control={control} value={kind} options={kinds} onChange={setKind} />}</Field>
      <Field label={t('form.value')} hint={t('form.valueHint')} error={faults.value}>
        {(control) => (
          <textarea
            {...control}
            rows={kind === 'json' ? 8 : 3}
            spellCheck={false}
            value={written}
            onChange={(event) => setWritten(event.currentTarget.value)}
            className={classes(controlClass, 'block py-1.5 font-mono text-secondary')}
          />
        )}
      </Field>
    </form>
  );
}

/** Makes a variable, or changes one: its consequence is said before the click. */
export function VariableDialog({ variable, onClose }: { readonly variable: VariableView | null; readonly onClose: () => void }) {
  const { t } = useTranslation('variables');
  const core = useTranslation('core');
  const id = useId();
  const set = useSetVariable();
  const live = variable?.usedIn.filter((use) => use.isLive).length ?? 0;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={variable === null ? t('form.newTitle') : t('form.editTitle', { key: variable.key })}
      description={variable === null ? t('form.newBody') : t('form.editBody', { count: live })}
      actions={
        <>
          <Button onClick={onClose}>{core.t('ui.cancel')}</Button>
          <Button type="submit" form={id} variant="primary" busy={set.isPending}>
            {variable === null ? t('form.add') : t('form.save')}
          </Button>
        </>
      }
    >
      <VariableForm
        id={id}
        variable={variable}
        set={set}
        onDone={(key) => {
          showToast({ title: t('form.done', { key }) });
          onClose();
        }}
      />
    </Dialog>
  );
}
