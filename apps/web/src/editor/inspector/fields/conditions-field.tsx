import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import type { FieldHints } from '@millwright/workflow';
import { Select } from '../../../ui/controls/select.tsx';
import { humanise } from '../../core/graph/parameters.ts';
import { parameterText } from '../../look/type-words.ts';
import { useEditor } from '../../session-context.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from './field-props.ts';
import { RowList } from './row-list.tsx';
import { TextValue } from './text-value.tsx';

interface Condition {
  readonly left: JsonValue;
  readonly operator: string;
  readonly right: JsonValue;
}

/** Operators that compare with nothing. */
const ONE_SIDED: ReadonlySet<string> = new Set(['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse', 'exists', 'notExists']);

function readConditions(value: JsonValue | undefined): readonly Condition[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isJsonObject)
    .map((row) => ({ left: row['left'] ?? '', operator: asText(row['operator']) || 'equals', right: row['right'] ?? '' }));
}

function part(schema: JsonObject, ...path: readonly string[]): JsonObject {
  return path.reduce<JsonObject>((at, key) => (isJsonObject(at[key]) ? at[key] : {}), schema);
}

/** The operators that the type's schema offers, in words. */
function useOperators({ info, spec }: FieldProps): readonly { readonly value: string; readonly label: string }[] {
  const { language } = useTexts();
  const operator = part(spec.schema, 'items', 'properties', 'operator');
  const hints = part(operator, 'field') as FieldHints;
  const names = Array.isArray(operator['enum']) ? operator['enum'].map(asText) : ['equals'];
  return names.map((name) => ({
    value: name,
    label: parameterText(info, language, {
      path: `${spec.key}.operator.options.${name}`,
      english: hints.options?.[name] ?? humanise(name),
    }),
  }));
}

/** Value, comparison, value: one row per condition. */
export function ConditionsField(props: FieldProps) {
  const { t } = useTexts();
  const { isReadOnly } = useEditor();
  const operators = useOperators(props);
  const rows = readConditions(props.value);
  return (
    <RowList<Condition>
      label={props.label}
      rows={rows}
      addLabel={t('row.addCondition')}
      empty={() => ({ left: '', operator: 'equals', right: '' })}
      onChange={(next) => props.onCommit(next.length === 0 ? undefined : next.map((row) => ({ ...row })))}
    >
      {(row, index, replace) => (
        <>
          <TextValue
            label={t('row.cell', { number: index + 1, name: t('row.left') })}
            placeholder={t('row.leftHint')}
            value={asText(row.left)}
            allowsExpression
            onCommit={(left) => replace({ ...row, left })}
          />
          <Select
            value={row.operator}
            label={t('row.cell', { number: index + 1, name: t('row.operator') })}
            options={operators}
            disabled={isReadOnly}
            onChange={(operator) => replace({ ...row, operator })}
          />
          {ONE_SIDED.has(row.operator) ? null : (
            <TextValue
              label={t('row.cell', { number: index + 1, name: t('row.right') })}
              placeholder={t('row.rightHint')}
              value={asText(row.right)}
              allowsExpression
              onCommit={(right) => replace({ ...row, right })}
            />
          )}
        </>
      )}
    </RowList>
  );
}
