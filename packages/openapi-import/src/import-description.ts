import { messageOf, UserError } from '@millwright/core';
import { methodAndPath, type OptionsSpec, type RequestTemplate } from '@millwright/node-sdk';
import {
  listOperations,
  objectField,
  readOperation,
  textField,
  type Description,
  type Operation,
  type OperationEntry,
} from '@millwright/openapi';
import { actionKeyOf, groupOf } from './guess/action-key.ts';
import { guessAuth, secretNames } from './guess/auth.ts';
import { guessBase, hostPattern, withHosts } from './guess/base-url.ts';
import { guessErrors } from './guess/errors.ts';
import { OptionsGuess } from './guess/options.ts';
import { importAction, whySkipped, type ImportSetting } from './import-action.ts';
import type { ImportedAction, ImportedConnector } from './imported.ts';
import { loadable } from './loadable.ts';
import type { ActionOverlay, Overlay } from './overlay.ts';
import { camelOf, freeName, plainText, wordsOf } from './words.ts';

/** What an import is told beside the description. */
export interface ImportOptions {
  readonly overlay?: Overlay;
  /** Where the description was fetched: relative addresses are below it. Default unknown. */
  readonly origin?: string;
  /** Most actions. Default 500, which a picker can show; more are refused with the tags to choose from. */
  readonly maxActions?: number;
}

const MAX_ACTIONS = 500;
/** Keys that the load rules take for lists. */
const LIST_KEY = /(^|\.)(list|search|all|getAll|listAll)$|[a-z](List|Search)$/;

function isWanted({ only }: Overlay, entry: OperationEntry): boolean {
  return only === undefined || only.some((one) => one === `${entry.method} ${entry.path}` || one === entry.id || entry.tags.includes(one));
}

function choose(entries: readonly OperationEntry[], overlay: Overlay, most: number): readonly OperationEntry[] {
  const wanted = entries.filter((entry) => isWanted(overlay, entry));
  if (wanted.length === 0)
    throw new UserError('unprocessable', {
      code: 'description_no_operations',
      message: 'the description has no operation that was asked for',
      hint: 'Choose other tags, or import all.',
    });
  if (wanted.length <= most) return wanted;
  const tags = [...new Set(wanted.map((entry) => entry.tags[0] ?? groupOf(entry)))];
  throw new UserError('tooLarge', {
    code: 'description_too_many_operations',
    message: `the description has ${wanted.length} operations, more than ${most}`,
    hint: `Choose the parts that you need: ${tags.slice(0, 20).join(', ')}${tags.length > 20 ? ', …' : ''}`,
    details: { operations: wanted.length, tags: tags.slice(0, 200) },
  });
}

function titleFrom(description: Description): string {
  const title = plainText(textField(objectField(description.root, 'info'), 'title') ?? '', 60).replace(
    /\s*(rest|public|web|open)?\s*(api|apis)\b.*$/i,
    '',
  );
  return title.trim() === '' ? 'Imported API' : title.trim();
}

/** A read that needs nothing: whether the credential works. */
function guessTest(actions: Readonly<Record<string, ImportedAction>>): RequestTemplate | null {
  const open = Object.values(actions).filter(
    ({ effect, input, request }) =>
      effect === 'read' &&
      input['required'] === undefined &&
      methodAndPath(request).method === 'GET' &&
      !methodAndPath(request).path.includes('{{'),
  );
  const own = open.find(({ operation }) =>
    /\/(me|self|user|users\/me|account|whoami|profile|userinfo|ping|status)(\.json)?$/i.test(operation),
  );
  const found = own ?? open[0];
  return found === undefined ? null : { get: methodAndPath(found.request).path };
}

/** What a person, or an earlier version, says of an operation. */
function ownOf({ actions }: Overlay, { method, path, id }: OperationEntry): ActionOverlay | undefined {
  return actions?.[`${method} ${path}`] ?? actions?.[id ?? ''];
}

function keyFor(
  entry: OperationEntry,
  { overlay, isList, isTaken }: { readonly overlay: Overlay; readonly isList: boolean; readonly isTaken: (key: string) => boolean },
): string {
  const own = ownOf(overlay, entry);
  const guessed = own?.key ?? actionKeyOf(entry);
  const grouped = own?.group === undefined ? guessed : `${own.group}.${guessed.split('.').slice(1).join('.') || guessed}`;
  return freeName(!isList && LIST_KEY.test(grouped) ? `${grouped}Result` : grouped, isTaken);
}

/** The import while it goes through the operations. */
class Import {
  readonly actions: Record<string, ImportedAction> = {};
  readonly options: Record<string, OptionsSpec> = {};
  readonly skipped: { readonly operation: string; readonly why: string }[] = [];
  readonly operations: Operation[] = [];
  readonly #setting: ImportSetting;
  readonly #overlay: Overlay;
  /** Keys that operations of the description are given: no other one gets them by guessing. */
  readonly #given: ReadonlySet<string>;

  constructor(setting: ImportSetting, overlay: Overlay, entries: readonly OperationEntry[]) {
    this.#setting = setting;
    this.#overlay = overlay;
    this.#given = new Set(entries.flatMap((entry) => ownOf(overlay, entry)?.key ?? []));
  }

  take(entry: OperationEntry): void {
    const name = `${entry.method} ${entry.path}`;
    const own = ownOf(this.#overlay, entry) ?? {};
    if (own.hide === true) return;
    try {
      const operation = readOperation(this.#setting.description, entry.method, entry.path);
      const why = whySkipped(operation);
      if (why !== null) {
        this.skipped.push({ operation: name, why });
        return;
      }
      const { action, dropdowns } = importAction(operation, this.#setting, own);
      this.operations.push(operation);
      for (const guessed of Object.values(dropdowns)) if (guessed !== null) this.options[guessed.name] ??= guessed.spec;
      const isList = action.pages !== undefined || action.effect !== 'read';
      const isTaken = (key: string): boolean => key in this.actions || (key !== own.key && this.#given.has(key));
      this.actions[keyFor(entry, { overlay: this.#overlay, isList, isTaken })] = action;
    } catch (thrown) {
      // One operation that cannot be read is no reason to do without the others.
      this.skipped.push({ operation: name, why: messageOf(thrown) });
    }
  }

  /** Hosts of operations that have servers of their own. */
  hosts(): readonly string[] {
    return Object.values(this.actions).flatMap(({ request }) => hostPattern(methodAndPath(request).path) ?? []);
  }
}

/**
 * Makes a connector of a description.
 * @throws UserError `description_no_server`, `description_no_operations`, `description_too_many_operations`
 */
export function importDescription(
  description: Description,
  { overlay = {}, origin, maxActions = MAX_ACTIONS }: ImportOptions = {},
): ImportedConnector {
  const entries = listOperations(description);
  const chosen = choose(entries, overlay, maxActions);
  const base =
    overlay.baseUrl === undefined
      ? guessBase(description, origin ?? null)
      : withHosts({ baseUrl: overlay.baseUrl.replace(/\/+$/, ''), fields: [] }, []);
  const auth = guessAuth(description, base);
  const title = overlay.title ?? titleFrom(description);
  const setting: ImportSetting = {
    description,
    auth,
    secretNames: secretNames(description),
    baseUrl: base.baseUrl,
    origin: origin ?? null,
    options: new OptionsGuess(description, entries),
  };
  const made = new Import(setting, overlay, entries);
  for (const entry of chosen) made.take(entry);
  return loadable({
    key: overlay.key ?? (camelOf(wordsOf(title)).toLowerCase() || 'imported'),
    title,
    version: '1.0.0',
    categories: overlay.categories ?? ['imported'],
    baseUrl: base.baseUrl,
    hosts: [...new Set([...base.hosts, ...made.hosts()])],
    auth: auth.auth,
    test: guessTest(made.actions),
    errors: guessErrors(description, made.operations),
    options: made.options,
    actions: made.actions,
    notes: [...base.notes, ...auth.notes],
    skipped: made.skipped,
  });
}
