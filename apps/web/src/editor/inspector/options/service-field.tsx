import type { JsonValue } from '@millwright/core';
import type { OptionView } from '@millwright/contracts';
import type { WorkflowNode } from '@millwright/workflow';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../../ui/controls/icon-button.tsx';
import { parameterText } from '../../look/type-words.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps, hasExpression } from '../fields/field-props.ts';
import { NumberField, TextField } from '../fields/simple-fields.tsx';
import { ExpressionToggle } from '../fields/text-value.tsx';
import { UrlInput, type Way, WayChoice, WAYS } from './locator.tsx';
import { OptionCombobox } from './option-combobox.tsx';
import { OptionFault } from './option-fault.tsx';
import type { OptionsLack } from './options-question.ts';
import { type OptionList, useOptionList } from './use-option-list.ts';

type ServiceFieldProps = FieldProps & { readonly node: WorkflowNode };

/** The id by itself, typed. */
function IdField(props: FieldProps) {
  return props.spec.control === 'number' ? <NumberField {...props} /> : <TextField {...props} />;
}

/** What has to be given before there is a list. */
function useLackText({ info }: FieldProps, lack: OptionsLack | null): string {
  const { t, language } = useTexts();
  if (lack === null) return '';
  if (lack.code === 'credential_missing') return t('options.needsConnection');
  const { key, title } = lack.parameter;
  const field = parameterText(info, language, { path: `${key}.title`, english: title });
  return t(lack.code === 'options_need_field' ? 'options.needsField' : 'options.needsValue', { field });
}

/** Whether the whole list is known and the value is not in it. */
function isGone(list: OptionList, value: string): boolean {
  return value !== '' && list.all !== null && list.error === null && !list.hasMore && !list.all.some((option) => option.value === value);
}

function ListField(props: ServiceFieldProps & { readonly onEnterId: () => void }) {
  const { node, info, spec, label } = props;
  const { isReadOnly } = useEditor();
  const { t } = useTexts();
  const list = useOptionList({ node, info, spec });
  const [picked, setPicked] = useState<OptionView | null>(null);
  const value = asText(props.value);
  const lack = useLackText(props, list.lack);
  const known = [...(list.all ?? []), ...(picked === null ? [] : [picked])].find((option) => option.value === value);
  const note = lack !== '' ? lack : isGone(list, value) ? t('options.gone', { value: known?.label ?? value }) : '';
  const noteId = `${props.id}-note`;
  const describedBy = [props.describedBy ?? '', note === '' ? '' : noteId, list.error === null ? '' : `${props.id}-fault`].filter(Boolean);
  const choose = (option: OptionView | null): void => {
    setPicked(option);
    props.onCommit(option === null ? undefined : spec.control === 'number' ? Number(option.value) : option.value);
  };
  const [slot] = info.credentials ?? [];
  return (
    <>
      <div className="flex items-center gap-1">
        <OptionCombobox
          list={list}
          chosen={value === '' ? null : (known ?? { value, label: value })}
          onChoose={choose}
          control={{ id: props.id, 'aria-describedby': describedBy.join(' ') || undefined, 'aria-invalid': undefined }}
          placeholder={t('options.choose')}
        />
        {isReadOnly || list.lack !== null ? null : (
          <IconButton size="sm" label={t('options.refresh', { label })} icon={<RefreshCw size={14} />} onClick={list.refresh} />
        )}
        {spec.allowsExpression ? (
          <ExpressionToggle label={label} pressed={false} onToggle={() => props.onCommit(`{{ ${JSON.stringify(value)} }}`)} />
        ) : null}
      </div>
      <p id={noteId} role="status" className="text-secondary text-text-2 empty:hidden">
        {note}
      </p>
      {list.error === null ? null : (
        <OptionFault
          id={`${props.id}-fault`}
          error={list.error}
          credentialId={slot === undefined ? undefined : node.credentials[slot.name]}
          onRetry={list.refresh}
          onEnterId={props.onEnterId}
        />
      )}
    </>
  );
}

/** A thing of a service: chosen from a list that the service gives, by its address where the field knows how, or by its id. */
export function ServiceField(props: ServiceFieldProps) {
  const { spec, label } = props;
  const { isReadOnly } = useEditor();
  const [way, setWay] = useState<Way>('list');
  const pattern = spec.load?.fromUrl;
  if (hasExpression(props.value)) return <IdField {...props} />;
  const commit = (id: string): void => {
    const value: JsonValue = spec.control === 'number' ? Number(id) : id;
    props.onCommit(value);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {isReadOnly ? null : (
        <WayChoice label={label} ways={WAYS.filter((one) => one !== 'url' || pattern !== undefined)} value={way} onChange={setWay} />
      )}
      {way === 'list' ? <ListField {...props} onEnterId={() => setWay('id')} /> : null}
      {way === 'id' ? <IdField {...props} /> : null}
      {way === 'url' && pattern !== undefined ? (
        <UrlInput
          control={{ id: props.id, 'aria-describedby': props.describedBy }}
          pattern={pattern}
          id={asText(props.value)}
          onFound={commit}
        />
      ) : null}
    </div>
  );
}
