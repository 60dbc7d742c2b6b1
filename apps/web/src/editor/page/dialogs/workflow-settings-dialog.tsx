import type { JsonValue } from '@millwright/core';
import type { WorkflowSettings } from '@millwright/workflow';
import { useState } from 'react';
import { guessTimeZone, timeZones } from '../../../screens/entry/time-zones.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { Field } from '../../../ui/controls/field.tsx';
import { Select } from '../../../ui/controls/select.tsx';
import { TextInput } from '../../../ui/controls/text-input.tsx';
import { Dialog } from '../../../ui/layers/dialog.tsx';
import { WorkflowSelect } from '../../inspector/fields/workflow-select.tsx';
import { useCommit } from '../../inspector/use-commit.ts';
import { useDocument, useEditor, useInterface } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';

type SetSetting = (key: keyof WorkflowSettings, value: JsonValue) => void;

const UNITS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof UNITS;
const UNIT_NAMES = ['seconds', 'minutes', 'hours', 'days'] as const satisfies readonly Unit[];

function unitOf(ms: number): Unit {
  return UNIT_NAMES.findLast((unit) => ms % UNITS[unit] === 0) ?? 'seconds';
}

/** The longest time that a run may take; empty for none. */
function TimeLimit({ ms, set }: { readonly ms: number | null; readonly set: SetSetting }) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const [unit, setUnit] = useState<Unit>(() => unitOf(ms ?? UNITS.hours));
  const local = useCommit(ms === null ? '' : String(ms / UNITS[unit]), (text) => {
    const amount = Number(text.trim().replace(',', '.'));
    if (text.trim() === '') set('timeoutMs', null);
    else if (Number.isFinite(amount) && amount > 0) set('timeoutMs', Math.max(1000, Math.round(amount * UNITS[unit])));
  });
  const changeUnit = (next: Unit): void => {
    setUnit(next);
    if (ms !== null) set('timeoutMs', Math.max(1000, Math.round((ms / UNITS[unit]) * UNITS[next])));
  };
  return (
    <Field label={t('workflowSettings.timeout')} hint={t('workflowSettings.timeoutHint')}>
      {(control) => (
        <div className="flex gap-2">
          <TextInput
            {...control}
            inputMode="decimal"
            readOnly={isReadOnly}
            placeholder={t('workflowSettings.noTimeout')}
            value={local.text}
            onChange={(event) => local.change(event.currentTarget.value)}
            onBlur={local.flush}
          />
          <Select
            className="max-w-36"
            label={t('field.unit')}
            value={unit}
            disabled={isReadOnly}
            options={UNIT_NAMES.map((value) => ({ value, label: t(`unit.${value}`) }))}
            onChange={changeUnit}
          />
        </div>
      )}
    </Field>
  );
}

function Choice<V extends string>({
  name,
  value,
  values,
  set,
}: {
  readonly name: 'order' | 'save';
  readonly value: V;
  readonly values: readonly V[];
  readonly set: SetSetting;
}) {
  const { say, t } = useTexts();
  const { isReadOnly } = useEditor();
  return (
    <Field label={t(`workflowSettings.${name}`)} hint={say(`workflowSettings.${name}Hints.${value}`)}>
      {(control) => (
        <Select
          control={control}
          disabled={isReadOnly}
          value={value}
          options={values.map((option) => ({ value: option, label: say(`workflowSettings.${name}s.${option}`) }))}
          onChange={(next) => set(name, next)}
        />
      )}
    </Field>
  );
}

function SettingFields() {
  const { draft, isReadOnly } = useEditor();
  const { t } = useTexts();
  const { settings } = useDocument();
  const set: SetSetting = (key, value) => draft.apply([{ kind: 'setWorkflowSetting', key, value }], { burst: `workflow:${key}` });
  const zones = [...new Set([settings.timezone, ...timeZones()])];
  return (
    <div className="flex flex-col gap-5 pt-3">
      <Choice name="order" value={settings.order} values={['parallel', 'sequential']} set={set} />
      <TimeLimit ms={settings.timeoutMs} set={set} />
      <Field label={t('workflowSettings.onFailure')} hint={t('workflowSettings.onFailureHint')}>
        {(control) => (
          <WorkflowSelect
            control={control}
            value={settings.onFailure ?? ''}
            noneLabel={t('workflowSettings.noHandler')}
            onChange={(workflowId) => set('onFailure', workflowId === '' ? null : workflowId)}
          />
        )}
      </Field>
      <Choice name="save" value={settings.save} values={['all', 'failures', 'none']} set={set} />
      <Field label={t('workflowSettings.timezone')} hint={t('workflowSettings.timezoneHint', { device: guessTimeZone() })}>
        {(control) => (
          <Select
            control={control}
            disabled={isReadOnly}
            value={settings.timezone}
            options={zones.map((zone) => ({ value: zone, label: zone }))}
            onChange={(zone) => set('timezone', zone)}
          />
        )}
      </Field>
    </div>
  );
}

/** How the whole workflow behaves; part of the draft, so undo works and publishing puts it live. */
export function WorkflowSettingsDialog() {
  const { ui } = useEditor();
  const { t } = useTexts();
  const isOpen = useInterface((state) => state.dialog === 'settings');
  const close = (): void => ui.setState({ dialog: null });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => (open ? undefined : close())}
      title={t('workflowSettings.title')}
      description={t('workflowSettings.intro')}
      widthPx={520}
      actions={
        <Button variant="primary" onClick={close}>
          {t('workflowSettings.done')}
        </Button>
      }
    >
      <SettingFields />
    </Dialog>
  );
}
