import type { JsonValue } from '@millwright/core';
import type { NodeSettings, NodeTypeInfo, WorkflowNode } from '@millwright/workflow';
import { Field } from '../../ui/controls/field.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { Switch } from '../../ui/controls/switch.tsx';
import { TextInput, controlClass } from '../../ui/controls/text-input.tsx';
import { useEditor } from '../session-context.ts';
import { useTexts } from '../texts.ts';
import { RetryForm } from './settings/retry-form.tsx';
import { FieldPeople } from './field-people.tsx';
import { useCommit } from './use-commit.ts';

interface Props {
  readonly node: WorkflowNode;
  readonly info: NodeTypeInfo | undefined;
}

type Commit = (key: keyof NodeSettings, value: JsonValue) => void;

function useSet(node: WorkflowNode): Commit {
  const { draft } = useEditor();
  return (key, value) =>
    draft.apply([{ kind: 'setNodeSetting', nodeId: node.id, key, value }], { burst: `type:${node.id}:settings.${key}` });
}

function OnOff({
  name,
  node,
  set,
}: {
  readonly name: 'disabled' | 'executeOnce' | 'alwaysOutput';
  readonly node: WorkflowNode;
  readonly set: Commit;
}) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  return (
    <div data-field={`settings.${name}`}>
      <Field
        label={t(`settings.${name}`)}
        hint={t(`settings.${name}Hint`)}
        aside={
          <Switch
            checked={node.settings[name]}
            disabled={isReadOnly}
            label={t(`settings.${name}`)}
            onChange={(checked) => set(name, checked)}
          />
        }
      >
        {() => null}
      </Field>
    </div>
  );
}

function Timeout({ node, info, set }: Props & { readonly set: Commit }) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const value = node.settings.timeoutMs === null ? '' : String(node.settings.timeoutMs / 1000);
  const local = useCommit(value, (text) => {
    const seconds = Number(text.replace(',', '.'));
    if (text.trim() === '') set('timeoutMs', null);
    else if (Number.isFinite(seconds)) set('timeoutMs', Math.min(86_400_000, Math.max(100, Math.round(seconds * 1000))));
  });
  const standard = Math.round((info?.timeoutMs ?? 60_000) / 1000);
  return (
    <div data-field="settings.timeoutMs">
      <FieldPeople nodeId={node.id} field="settings.timeoutMs" />
      <Field label={t('settings.timeout')} hint={t('settings.timeoutHint', { seconds: standard })}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="decimal"
            readOnly={isReadOnly}
            placeholder={String(standard)}
            value={local.text}
            onChange={(event) => local.change(event.currentTarget.value)}
            onBlur={local.flush}
          />
        )}
      </Field>
    </div>
  );
}

function Notes({ node, set }: { readonly node: WorkflowNode; readonly set: Commit }) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const local = useCommit(node.settings.notes, (text) => set('notes', text));
  return (
    <div data-field="settings.notes">
      <FieldPeople nodeId={node.id} field="settings.notes" />
      <Field label={t('settings.notes')} hint={t('settings.notesHint')}>
        {(control) => (
          <textarea
            {...control}
            rows={4}
            readOnly={isReadOnly}
            value={local.text}
            onChange={(event) => local.change(event.currentTarget.value)}
            onBlur={local.flush}
            className={`${controlClass} py-1.5`}
          />
        )}
      </Field>
    </div>
  );
}

const ON_ERROR = ['stop', 'continue', 'branch'] as const;
const ON_LOST = ['standard', 'lookup', 'resend', 'ask'] as const;

/** How a step behaves around its work: only what the engine honours. */
export function SettingsForm({ node, info }: Props) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const set = useSet(node);
  const isTrigger = info?.kind === 'trigger';
  const calls = info === undefined || info.effectBy !== undefined || ['read', 'write', 'code'].includes(info.effect);
  const writes = info?.effectBy !== undefined || ['write', 'code'].includes(info?.effect ?? '');
  return (
    <div className="flex flex-col gap-5">
      <OnOff name="disabled" node={node} set={set} />
      {isTrigger ? null : (
        <>
          <div data-field="settings.onError">
            <Field label={t('settings.onError')} hint={t(`settings.onErrorHints.${node.settings.onError}`)}>
              {(control) => (
                <Select
                  control={control}
                  disabled={isReadOnly}
                  value={node.settings.onError}
                  options={ON_ERROR.map((value) => ({ value, label: t(`settings.onErrors.${value}`) }))}
                  onChange={(value) => set('onError', value)}
                />
              )}
            </Field>
          </div>
          {writes ? (
            <div data-field="settings.onLostAnswer">
              <Field label={t('settings.onLostAnswer')} hint={t('settings.onLostAnswerHint')}>
                {(control) => (
                  <Select
                    control={control}
                    disabled={isReadOnly}
                    value={node.settings.onLostAnswer ?? 'standard'}
                    options={ON_LOST.map((value) => ({ value, label: t(`settings.onLostAnswers.${value}`) }))}
                    onChange={(value) => set('onLostAnswer', value === 'standard' ? null : value)}
                  />
                )}
              </Field>
            </div>
          ) : null}
          {calls ? <RetryForm policy={node.settings.retry} onChange={(policy) => set('retry', policy)} /> : null}
          <Timeout node={node} info={info} set={set} />
          <OnOff name="executeOnce" node={node} set={set} />
          <OnOff name="alwaysOutput" node={node} set={set} />
        </>
      )}
      <Notes node={node} set={set} />
    </div>
  );
}
