import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { parameterText } from '../../look/type-words.ts';
import { useTexts } from '../../texts.ts';
import { RenameOffer } from '../expression/rename/rename-offer.tsx';
import { usePreviewState } from '../preview-context.ts';
import { asText, type FieldProps } from './field-props.ts';
import { RowList } from './row-list.tsx';
import { TextValue } from './text-value.tsx';

interface Pair {
  readonly name: string;
  readonly value: JsonValue;
}

/** Pairs are stored as a list of { name, value }, or as an object where the type's schema says so. */
function readPairs(value: JsonValue | undefined): readonly Pair[] {
  if (Array.isArray(value)) return value.filter(isJsonObject).map((row) => ({ name: asText(row['name']), value: row['value'] ?? '' }));
  if (isJsonObject(value)) return Object.entries(value).map(([name, inner]) => ({ name, value: inner }));
  return [];
}

function writePairs(pairs: readonly Pair[], schema: JsonObject): JsonValue | undefined {
  if (pairs.length === 0) return undefined;
  return schema['type'] === 'object'
    ? Object.fromEntries(pairs.map((pair) => [pair.name, pair.value]))
    : pairs.map((pair) => ({ ...pair }));
}

/** Words of a column, from the type's own texts. */
function useColumn({ info, spec }: FieldProps) {
  const { language } = useTexts();
  return (key: string, fallback: string) => parameterText(info, language, { path: `${spec.key}.${key}.title`, english: fallback });
}

function Pairs({ props, keepsTypes }: { readonly props: FieldProps; readonly keepsTypes: boolean }) {
  const { t } = useTexts();
  const column = useColumn(props);
  const pairs = readPairs(props.value);
  const names = { name: column('name', t('row.name')), value: column('value', t('row.value')) };
  const write = (text: string): JsonValue => (keepsTypes ? typed(text) : text);
  return (
    <RowList
      label={props.label}
      rows={pairs}
      addLabel={keepsTypes ? t('row.addField') : t('row.add')}
      empty={() => ({ name: '', value: '' })}
      onChange={(rows) => props.onCommit(writePairs(rows, props.spec.schema))}
    >
      {(pair, index, replace) => (
        <>
          <TextValue
            label={t('row.cell', { number: index + 1, name: names.name })}
            placeholder={names.name}
            value={pair.name}
            allowsExpression={false}
            onCommit={(name) => replace({ ...pair, name })}
          />
          <TextValue
            label={t('row.cell', { number: index + 1, name: names.value })}
            placeholder={names.value}
            value={asText(pair.value)}
            allowsExpression
            onCommit={(text) => replace({ ...pair, value: write(text) })}
          />
        </>
      )}
    </RowList>
  );
}

/** `5` and `true` mean what they look like; everything else is text. Quotes keep a number a text. */
function typed(text: string): JsonValue {
  if (/^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text;
}

/** Names and texts: headers, query parameters. */
export function KeyValueField(props: FieldProps) {
  return <Pairs props={props} keepsTypes={false} />;
}

/** Fields that a step sets on each item; one that gets another name can be renamed where it is read. */
export function AssignmentsField(props: FieldProps) {
  const nodeId = usePreviewState()?.nodeId ?? '';
  return (
    <>
      <Pairs props={props} keepsTypes />
      <RenameOffer key={nodeId} nodeId={nodeId} names={readPairs(props.value).map(({ name }) => name)} />
    </>
  );
}
