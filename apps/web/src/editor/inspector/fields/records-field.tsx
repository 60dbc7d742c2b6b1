import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { type ReactNode, useId } from 'react';
import { type ParameterSpec, parametersIn } from '../../core/graph/parameters.ts';
import { parameterText } from '../../look/type-words.ts';
import { useTexts } from '../../texts.ts';
import { asText, type FieldProps } from './field-props.ts';
import { RowList } from './row-list.tsx';

/** An id for a new row that no other row has: ports are named by it, so that renaming a case keeps its lines. */
function freshId(rows: readonly JsonObject[], key: string): string {
  const taken = new Set(rows.map((row) => asText(row[key])));
  for (let number = rows.length + 1; ; number += 1) if (!taken.has(`case${number}`)) return `case${number}`;
}

function isShownIn(row: JsonObject, spec: ParameterSpec, specs: readonly ParameterSpec[]): boolean {
  const { showIf } = spec;
  if (!showIf) return true;
  const other = specs.find((candidate) => candidate.name === showIf.parameter);
  const value = row[showIf.parameter] ?? other?.default;
  return showIf.in.some((wanted) => JSON.stringify(wanted) === JSON.stringify(value));
}

/** One field of a row, with its name above it. */
function RowField({
  props,
  spec,
  row,
  onChange,
}: {
  readonly props: FieldProps & { readonly render: (props: FieldProps) => ReactNode };
  readonly spec: ParameterSpec;
  readonly row: JsonObject;
  readonly onChange: (row: JsonObject) => void;
}) {
  const { language } = useTexts();
  const id = useId();
  const label = parameterText(props.info, language, { path: `${spec.key}.title`, english: spec.title });
  const commit = (value: JsonValue | undefined): void => {
    const { [spec.name]: _old, ...others } = row;
    onChange(value === undefined ? others : { ...others, [spec.name]: value });
  };
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <label htmlFor={id} className="text-secondary text-text-2">
        {label}
      </label>
      {props.render({ spec, info: props.info, label, value: row[spec.name] ?? spec.default, onCommit: commit, id, describedBy: undefined })}
    </div>
  );
}

/** A list of objects: one group of fields per entry, made from the schema of the entries. */
export function RecordsField(props: FieldProps & { readonly render: (props: FieldProps) => ReactNode }) {
  const { t } = useTexts();
  const { spec, info, value } = props;
  const items = isJsonObject(spec.schema['items']) ? spec.schema['items'] : {};
  const specs = parametersIn(items, spec.key);
  const from = info.outputsFrom?.parameter === spec.key ? info.outputsFrom : undefined;
  const rows = Array.isArray(value) ? value.filter(isJsonObject) : [];
  const empty = (): JsonObject =>
    from ? { [from.name]: freshId(rows, from.name), [from.title]: t('row.caseName', { number: rows.length + 1 }) } : {};
  return (
    <RowList<JsonObject>
      label={props.label}
      rows={rows}
      addLabel={from ? t('row.addCase') : t('row.add')}
      empty={empty}
      keyOf={from ? (row) => asText(row[from.name]) : undefined}
      onChange={(next) => props.onCommit(next.length === 0 ? undefined : next.map((row) => ({ ...row })))}
    >
      {(row, _index, replace) =>
        specs
          .filter((field) => field.name !== from?.name && isShownIn(row, field, specs))
          .map((field) => <RowField key={field.key} props={props} spec={field} row={row} onChange={replace} />)
      }
    </RowList>
  );
}
