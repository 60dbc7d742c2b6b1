import { isJsonObject } from '@millwright/core';
import type { WorkflowNode } from '@millwright/workflow';
import type { DocumentChange } from '@millwright/workflow/difference';
import { changeWords, type Naming } from '../../../versions/change-words.ts';
import { branchWords, conditionWords } from './branch-words.ts';
import type { Subject } from './group-changes.ts';

/** Longest value that stands in a sentence, in characters. */
const MOST_CHARACTERS = 60;

/** Steps that a sentence names before it only counts. */
const MOST_NAMES = 3;

/** What is said of an entry. */
interface EntryWords {
  readonly sentence: string;
  /** Where that is, when the sentence does not say it. */
  readonly place?: string;
}

type Change<K extends DocumentChange['kind']> = Extract<DocumentChange, { readonly kind: K }>;

function stepName(id: string, { nodes, texts: { t } }: Naming): string {
  return t('publishing.step', { name: nodes.get(id)?.name ?? id });
}

function stepNames(ids: readonly string[], naming: Naming): string {
  const { t, language } = naming.texts;
  const names = ids.slice(0, MOST_NAMES).map((id) => stepName(id, naming));
  const more = ids.length - names.length;
  return new Intl.ListFormat(language).format(more > 0 ? [...names, t('publishing.moreSteps', { count: more })] : names);
}

function addedWords({ node, after, before }: Extract<Subject, { kind: 'added' }>, naming: Naming): EntryWords {
  const { t } = naming.texts;
  const [step, from, to] = [t('publishing.step', { name: node.name }), stepNames(after, naming), stepNames(before, naming)];
  if (after.length > 0 && before.length > 0) return { sentence: t('publishing.addedBetween', { step, from, to }) };
  if (after.length > 0) return { sentence: t('publishing.addedAfter', { step, from }) };
  if (before.length > 0) return { sentence: t('publishing.addedBefore', { step, to }) };
  return { sentence: t('publishing.added', { step }) };
}

function removedWords({ node, joins }: Extract<Subject, { kind: 'removed' }>, naming: Naming): EntryWords {
  const { t } = naming.texts;
  const step = t('publishing.step', { name: node.name });
  const [join] = joins;
  if (join === undefined) return { sentence: t('publishing.removed', { step }) };
  return { sentence: t('publishing.removedJoined', { step, from: stepName(join.from, naming), to: stepName(join.to, naming) }) };
}

/** How a way out leads now, by what was there before. */
function leadKey(before: readonly string[], after: readonly string[]): 'fresh' | 'dropped' | 'also' | 'noLonger' | 'instead' {
  if (before.length === 0) return 'fresh';
  if (after.length === 0) return 'dropped';
  if (before.every((id) => after.includes(id))) return 'also';
  return after.every((id) => before.includes(id)) ? 'noLonger' : 'instead';
}

function leadWords({ from, output, before, after }: Extract<Subject, { kind: 'lead' }>, naming: Naming): EntryWords {
  const { t, language } = naming.texts;
  const node = naming.nodes.get(from);
  const info = node && naming.catalog.get(node.type, node.version);
  const isBranch = node !== undefined && (output !== 'main' || (info?.outputs.length ?? 1) > 1);
  const values = {
    from: stepName(from, naming),
    who: isBranch ? branchWords(node, output, naming) : '',
    before: stepNames(
      before.filter((id) => !after.includes(id)),
      naming,
    ),
    after: stepNames(
      after.filter((id) => !before.includes(id)),
      naming,
    ),
  };
  const sentence = t(`publishing.${isBranch ? 'branch' : 'lead'}.${leadKey(before, after)}`, values);
  if (!isBranch) return { sentence };
  // Sentences begin with a capital whatever stands there.
  const capital = sentence.charAt(0).toLocaleUpperCase(language) + sentence.slice(1);
  return values.who.includes(values.from) ? { sentence: capital } : { sentence: capital, place: values.from };
}

function isShort(text: string): boolean {
  return text.length <= MOST_CHARACTERS && !text.includes('\n');
}

/** A list of conditions as one phrase; null for what is none. */
function conditionsIn(change: Change<'parameterChanged'>, naming: Naming): string | null {
  const node = naming.nodes.get(change.nodeId);
  const info = node && naming.catalog.get(node.type, node.version);
  if (info === undefined || change.key !== 'conditions' || !Array.isArray(change.after)) return null;
  const { t, language } = naming.texts;
  const rows = change.after.flatMap((row) => {
    const words = isJsonObject(row) ? conditionWords(row, true, { info, naming }) : null;
    return words === null ? [] : [t(`publishing.condition.${words.kind}`, { text: words.text })];
  });
  const type = node?.parameters['combine'] === 'or' ? 'disjunction' : 'conjunction';
  const text = new Intl.ListFormat(language, { type }).format(rows);
  return rows.length > 0 && text.length <= 2 * MOST_CHARACTERS ? text : null;
}

/** A field of something that has another value. */
function valueWords(change: Change<'parameterChanged' | 'settingChanged' | 'workflowSettingChanged'>, naming: Naming): string {
  const { t } = naming.texts;
  const { field, before, after } = changeWords(change, naming);
  const of = change.kind === 'workflowSettingChanged' ? t('publishing.workflow') : stepName(change.nodeId, naming);
  const conditions = change.kind === 'parameterChanged' ? conditionsIn(change, naming) : null;
  if (conditions !== null) return t('publishing.conditions', { of, conditions });
  const values = { field, of, before: before ?? '', after: after ?? '' };
  const isPlain = [change.before, change.after].every((value) => typeof value !== 'object' || value === null);
  if (!isPlain || !isShort(values.before) || !isShort(values.after)) return t('publishing.different', values);
  if (after === null) return t('publishing.emptied', values);
  return t(before === null ? 'publishing.set' : 'publishing.changed', values);
}

function settingWords(change: Change<'settingChanged'>, naming: Naming): string {
  if (change.key !== 'disabled') return valueWords(change, naming);
  const step = stepName(change.nodeId, naming);
  return naming.texts.t(change.after === true ? 'publishing.disabled' : 'publishing.enabled', { step });
}

/** What stands at a line; runs do not look at it. */
function labelWords({ edge, before, after }: Change<'edgeLabelChanged'>, naming: Naming): string {
  const { t } = naming.texts;
  const values = { from: stepName(edge.from, naming), to: stepName(edge.to, naming), before: before ?? '', after: after ?? '' };
  if (after === undefined) return t('publishing.label.removed', values);
  return t(before === undefined ? 'publishing.label.added' : 'publishing.label.changed', values);
}

function oneWords(change: DocumentChange, naming: Naming): string {
  const { t } = naming.texts;
  switch (change.kind) {
    case 'nodeRenamed':
      return t('publishing.renamed', { before: change.before, after: change.after });
    case 'workflowRenamed':
      return t('publishing.workflowRenamed', { before: change.before, after: change.after });
    case 'parentChanged': {
      const step = stepName(change.nodeId, naming);
      const frame = stepName(change.after ?? change.before ?? '', naming);
      return t(change.after === null ? 'publishing.takenOut' : 'publishing.putInto', { step, frame });
    }
    case 'settingChanged':
      return settingWords(change, naming);
    case 'edgeLabelChanged':
      return labelWords(change, naming);
    case 'parameterChanged':
    case 'workflowSettingChanged':
      return valueWords(change, naming);
    default:
      return changeWords(change, naming).field;
  }
}

/** One entry as a sentence for people who do not program. */
export function entryWords(subject: Subject, naming: Naming): EntryWords {
  const { t } = naming.texts;
  switch (subject.kind) {
    case 'added':
      return addedWords(subject, naming);
    case 'removed':
      return removedWords(subject, naming);
    case 'lead':
      return leadWords(subject, naming);
    case 'moved':
      return { sentence: t('publishing.moved', { count: subject.nodeIds.length }) };
    case 'notes':
      return { sentence: t('publishing.notes', { count: subject.count }) };
    case 'one':
      return { sentence: oneWords(subject.change, naming) };
  }
}

/** Steps of both states by id: names as they are now. */
export function nodesOfBoth(
  base: { readonly nodes: readonly WorkflowNode[] },
  document: { readonly nodes: readonly WorkflowNode[] },
): ReadonlyMap<string, WorkflowNode> {
  return new Map([...base.nodes, ...document.nodes].map((node) => [node.id, node]));
}
