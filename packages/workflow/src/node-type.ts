import type { JsonObject, JsonValue } from '@millwright/core';

/** What a node type is for. */
export type NodeKind = 'trigger' | 'action' | 'transform' | 'control';

/**
 * What running a node means outside: `pure` may be computed again, `read` is safe to repeat,
 * `write` needs the ledger and a key, `code` the sandbox, `wait` and `child` are the engine's.
 * Unknown is `write`.
 */
export type EffectClass = 'pure' | 'read' | 'write' | 'code' | 'wait' | 'child';

/** A named connection point. */
export interface PortInfo {
  readonly name: string;
  /** English title; shown when a node has more than one port on that side. */
  readonly title: string;
  /** Inputs only: a release needs items here. Default true. */
  readonly required?: boolean;
  /** The port belongs to the inside of a container: its edges lead to and from the nodes that the container holds. */
  readonly inner?: true;
  /** The port exists only while a parameter has one of these values, or its default is one. */
  readonly showIf?: { readonly parameter: string; readonly in: readonly JsonValue[] };
}

/** One entry of the catalog: a node type as data, all that web, API and compiler know of it. */
export interface NodeTypeInfo {
  /** `core.if`, `http.request`. */
  readonly type: string;
  readonly version: number;
  readonly kind: NodeKind;
  readonly title: string;
  readonly description: string;
  /** Picker tab: `triggers`, `logic`, `data`, `apps`, `code`, `ai`, `human`. */
  readonly category: string;
  /** Search words beside title and type, all languages. */
  readonly aliases: readonly string[];
  /** Name of a lucide icon, or an inline SVG (`<svg…`). */
  readonly icon: string;
  /** Class when the parameters do not decide; `effectBy` refines it. */
  readonly effect: EffectClass;
  /** The class by the value of one parameter: HTTP's method decides between read and write. */
  readonly effectBy?: {
    readonly parameter: string;
    readonly classes: Readonly<Record<string, EffectClass>>;
    readonly otherwise: EffectClass;
  };
  /** Ports that do not depend on lists or numbers; `portsOf` has all that a node has. */
  readonly inputs: readonly PortInfo[];
  readonly outputs: readonly PortInfo[];
  /** One more output, before the others, per entry of a literal list parameter: port name = `entry[name]`, title = `entry[title]`. */
  readonly outputsFrom?: { readonly parameter: string; readonly name: string; readonly title: string };
  /** A number parameter says how many inputs `prefix1`, `prefix2`, … there are (2 to 10); all are required while `requiredIf` holds. */
  readonly inputsFrom?: {
    readonly parameter: string;
    readonly prefix: string;
    readonly requiredIf?: { readonly parameter: string; readonly in: readonly JsonValue[] };
  };
  /** Holds other nodes: nodes whose `parent` it is. */
  readonly container?: true;
  /** May take long: runs outside the segment, as a call of its own. */
  readonly slow?: true;
  /** JSON Schema (2020-12) of `parameters` with the form's hints under `field`; made from zod. */
  readonly parameters: JsonObject;
  /** Parameter paths that are evaluated once per list, not per item. */
  readonly once: readonly string[];
  /** Parameter paths whose text is not evaluated by the executor before `run`. */
  readonly raw: readonly string[];
  /** What an output item looks like. */
  readonly sample: JsonValue;
  /** Items of a list that are worked on side by side; 1 for writes that cannot be keyed. */
  readonly window: number;
  /** Default for `settings.timeoutMs`. */
  readonly timeoutMs: number;
  /** What to do when an answer was lost and the vendor honours no key: the type's default. */
  readonly onLostAnswer: 'lookup' | 'resend' | 'ask';
  /** The same by the value of one parameter: HTTP's method decides. Others take `onLostAnswer`. */
  readonly onLostAnswerBy?: { readonly parameter: string; readonly answers: Readonly<Record<string, 'lookup' | 'resend' | 'ask'>> };
  /** How long the vendor knows the key of a write, ms. Absent: it has no key, or keeps it for ever. */
  readonly keyTtlMs?: number;
  /** Credentials that it takes: slot of `node.credentials` → types of the catalog; `*` among them: any other kind too. Absent: none. */
  readonly credentials?: readonly { readonly name: string; readonly types: readonly string[]; readonly required: boolean }[];
  /** A trigger of a connector. Absent: it is the product's own. */
  readonly connectorTrigger?: {
    /** Whose it is, and its key there. */
    readonly connector: string;
    readonly trigger: string;
    /** How events may come, the default first; `wayParameter` chooses. */
    readonly ways: readonly ('webhook' | 'poll')[];
    readonly wayParameter?: string;
    /** While it is `all`, a poll begins with what is there already. */
    readonly firstParameter?: string;
    /** How often a poll asks; another value begins nothing anew. */
    readonly paceParameter?: string;
  };
  /** Of a package that this install added itself. Absent: it comes with the product. */
  readonly own?: true;
  /** Not offered any more, though steps that have it go on. Absent: it is. */
  readonly retired?: true;
  /** Titles, descriptions and options by language: `de` → path → text. Paths: `title`, `description`, `parameters.<name>.title`, `…description`, `…options.<value>`, `outputs.<port>`. */
  readonly locales: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Looks node types up; `undefined` where type or version is not installed. */
export interface NodeTypeCatalog {
  readonly get: (type: string, version: number) => NodeTypeInfo | undefined;
  readonly all: () => readonly NodeTypeInfo[];
}

/**
 * Form hints, written in zod as `.meta({ field: {...} })` and carried in the JSON Schema under `field`.
 * Where absent the control follows from the schema's type.
 */
export interface FieldHints {
  readonly control?:
    | 'text'
    | 'multiline'
    | 'number'
    | 'switch'
    | 'options'
    | 'json'
    | 'keyValue'
    | 'conditions'
    | 'assignments'
    | 'duration'
    | 'dateTime'
    | 'url'
    /** Names and types of what a called workflow is given: `[{ name, type, required }]`. */
    | 'inputFields'
    /** Id of a workflow of the workspace. */
    | 'workflow'
    /** The text of a program: never evaluated as an expression, and read for the nodes that it names. */
    | 'code';
  /** `code`: the parameter that says in which language it is written (`javascript`, `typescript`, `python`). Default JavaScript. */
  readonly language?: string;
  readonly placeholder?: string;
  /** Labels of enum values, English. */
  readonly options?: Readonly<Record<string, string>>;
  /** Shown only while another parameter has one of these values; the hidden value is kept. */
  readonly showIf?: { readonly parameter: string; readonly in: readonly JsonValue[] };
  /** Whether `{{ }}` is allowed. Default true, false for options and switches. */
  readonly expression?: boolean;
  readonly unit?: string;
  /** Values are read from the service while the form is filled: the name of one of the connector's lists; and how an id is found in an address. */
  readonly load?: { readonly options: string; readonly dependsOn?: readonly string[]; readonly fromUrl?: string };
}

/** One thing wrong with a document, at a place that the editor can focus. */
export interface Problem {
  /** Stable code, e.g. `parameter_required`. */
  readonly code: string;
  readonly level: 'error' | 'warning' | 'hint';
  /** Node it belongs to; absent for the whole document. */
  readonly nodeId?: string;
  /** Path below the node: `parameters.url`, `settings.retry`. */
  readonly field?: string;
  /** English sentence; what is wrong. */
  readonly text: string;
  /** English sentence; what to do. */
  readonly hint?: string;
  /** Values for translated texts keyed by `code`. */
  readonly values?: Readonly<Record<string, string | number>>;
}
