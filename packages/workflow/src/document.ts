import { z } from 'zod';

/** The one format of documents; older ones are lifted by `migrations.ts`. */
export const DOCUMENT_FORMAT = 'millwright.workflow/1';

/** The one format of copied steps; other versions are refused, not guessed at. */
export const CLIPBOARD_FORMAT = 'millwright.clipboard/1';

/** Bounds that keep one document from hurting anybody. */
export const DOCUMENT_LIMITS = { nodes: 5000, edges: 20_000, nameLength: 200, textLength: 200_000 } as const;

const nodeId = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/, 'a letter, then letters, digits, _ or -, at most 64');
const portName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/);

/** The retry policy of a node; times in milliseconds. */
export const retrySchema = z.strictObject({
  maxAttempts: z.int().min(1).max(100).default(1),
  initialMs: z.int().min(0).max(86_400_000).default(1000),
  backoff: z.number().min(1).max(10).default(2),
  maxMs: z.int().min(0).max(86_400_000).default(60_000),
  jitter: z.number().min(0).max(1).default(0.2),
  on: z.array(z.enum(['transient', 'rate', 'auth', 'permanent'])).default(['transient', 'rate']),
});

/** How a node behaves around its work; every field has a default. */
export const nodeSettingsSchema = z.strictObject({
  onError: z.enum(['stop', 'continue', 'branch']).default('stop'),
  onLostAnswer: z.enum(['lookup', 'resend', 'ask']).nullable().default(null),
  retry: retrySchema.nullable().default(null),
  timeoutMs: z.int().min(100).max(86_400_000).nullable().default(null),
  disabled: z.boolean().default(false),
  executeOnce: z.boolean().default(false),
  alwaysOutput: z.boolean().default(false),
  notes: z.string().max(DOCUMENT_LIMITS.textLength).default(''),
});

/** A placed instance of a node type. */
export const workflowNodeSchema = z.strictObject({
  /** Stable key; expressions refer to it; never changes. */
  id: nodeId,
  /** What people see; may change freely. */
  name: z.string().min(1).max(DOCUMENT_LIMITS.nameLength),
  type: z.string().min(1).max(200),
  version: z.int().min(1),
  position: z.tuple([z.number(), z.number()]),
  parameters: z.record(z.string(), z.json()).default({}),
  credentials: z.record(z.string(), z.string()).default({}),
  /** Id of the container node that holds it. */
  parent: nodeId.nullable().default(null),
  /** Width and height of a container's frame, canvas px; absent: as large as its content needs. Never executed. */
  size: z.tuple([z.number().min(0).max(100_000), z.number().min(0).max(100_000)]).exactOptional(),
  settings: nodeSettingsSchema.prefault({}),
});

/** Output port → input port. Two edges between the same ports are one. */
export const edgeSchema = z.strictObject({
  from: nodeId,
  output: portName.default('main'),
  to: nodeId,
  input: portName.default('main'),
  /** What stands at the line; absent: nothing. Only for people: no run looks at it. */
  label: z.string().min(1).max(DOCUMENT_LIMITS.nameLength).exactOptional(),
});

/** Sticky notes and sections (named frames that only group steps); never executed. */
export const annotationSchema = z.strictObject({
  id: nodeId,
  kind: z.enum(['note', 'section']),
  position: z.tuple([z.number(), z.number()]),
  size: z.tuple([z.number(), z.number()]),
  /** Of a note what it says (a subset of Markdown), of a section its name. */
  text: z.string().max(DOCUMENT_LIMITS.textLength).default(''),
  color: z.string().max(32).default('yellow'),
  /** Ids of the steps that a section groups, sorted; absent: none. A step belongs to the first section that names it. */
  members: z.array(nodeId).max(DOCUMENT_LIMITS.nodes).exactOptional(),
  /** Whether a section is shown as one card to who has not chosen otherwise; absent: it is open. */
  isCollapsed: z.boolean().exactOptional(),
});

/** What the schema says of settings that nothing reads. */
const NO_EFFECT = 'Kept with the document; has no effect yet.';

/** How the whole workflow behaves. */
export const workflowSettingsSchema = z.strictObject({
  timezone: z.string().max(64).default('UTC'),
  order: z.enum(['parallel', 'sequential']).default('parallel'),
  onFailure: z.string().nullable().default(null),
  timeoutMs: z.int().min(1000).nullable().default(null),
  /** Runs at the same time. Kept, but has no effect yet: checks warn of it. */
  concurrency: z.int().min(1).nullable().default(null).describe(NO_EFFECT),
  save: z.enum(['all', 'failures', 'none']).default('all'),
  /** Days that runs are kept. Kept, but has no effect yet (retention is the workspace's): checks warn of it. */
  retentionDays: z.int().min(1).max(3650).nullable().default(null).describe(NO_EFFECT),
  /** What a run is about, as an expression. Kept, but has no effect yet: checks warn of it. */
  businessKey: z.string().max(2000).nullable().default(null).describe(NO_EFFECT),
  /** How expressions are read: `n8n` as n8n does (missing paths are undefined), for imported workflows. Absent: missing paths are errors. */
  expressions: z.enum(['n8n']).optional(),
});

/** Refuses an id that comes twice: of two nodes with one id only one could be kept. */
function refuseRepeated(list: readonly { readonly id: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { id }] of list.entries()) {
    if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `the id "${id}" is used twice; give each its own` });
    seen.add(id);
  }
}

/** The document: what is drawn, saved, versioned and compiled. Unknown fields are refused with their path. */
export const workflowDocumentSchema = z.strictObject({
  format: z.literal(DOCUMENT_FORMAT),
  name: z.string().min(1).max(DOCUMENT_LIMITS.nameLength),
  nodes: z.array(workflowNodeSchema).max(DOCUMENT_LIMITS.nodes).superRefine(refuseRepeated).default([]),
  edges: z.array(edgeSchema).max(DOCUMENT_LIMITS.edges).default([]),
  settings: workflowSettingsSchema.prefault({}),
  annotations: z.array(annotationSchema).max(DOCUMENT_LIMITS.nodes).superRefine(refuseRepeated).default([]),
});

export type RetryPolicy = z.infer<typeof retrySchema>;
export type NodeSettings = z.infer<typeof nodeSettingsSchema>;
export type WorkflowNode = z.infer<typeof workflowNodeSchema>;
export type Edge = z.infer<typeof edgeSchema>;
export type Annotation = z.infer<typeof annotationSchema>;
export type WorkflowSettings = z.infer<typeof workflowSettingsSchema>;
export type WorkflowDocument = z.infer<typeof workflowDocumentSchema>;
/** What may be given where defaults are filled in. */
export type WorkflowDocumentInput = z.input<typeof workflowDocumentSchema>;

/** An empty document with every default. */
export function emptyDocument(name: string): WorkflowDocument {
  return workflowDocumentSchema.parse({ format: DOCUMENT_FORMAT, name });
}
