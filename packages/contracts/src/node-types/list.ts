import type { EffectClass, NodeTypeInfo, PortInfo } from '@millwright/workflow';
import { z } from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import { jsonField } from '../fields.ts';

const effect: z.ZodType<EffectClass, EffectClass> = z.enum(['pure', 'read', 'write', 'code', 'wait', 'child']);
const isOneOf = z.object({ parameter: z.string(), in: z.array(jsonField) });
const port: z.ZodType<PortInfo, PortInfo> = z.object({
  name: z.string(),
  title: z.string(),
  required: z.boolean().exactOptional(),
  inner: z.literal(true).exactOptional(),
  showIf: isOneOf.exactOptional(),
});

/** One installed node type; the same shape as `NodeTypeInfo`. */
const nodeTypeSchema: z.ZodType<NodeTypeInfo, NodeTypeInfo> = z.object({
  type: z.string(),
  version: z.int(),
  kind: z.enum(['trigger', 'action', 'transform', 'control']),
  title: z.string(),
  description: z.string(),
  category: z.string(),
  aliases: z.array(z.string()),
  icon: z.string(),
  effect,
  effectBy: z.object({ parameter: z.string(), classes: z.record(z.string(), effect), otherwise: effect }).exactOptional(),
  inputs: z.array(port),
  outputs: z.array(port),
  outputsFrom: z.object({ parameter: z.string(), name: z.string(), title: z.string() }).exactOptional(),
  inputsFrom: z.object({ parameter: z.string(), prefix: z.string(), requiredIf: isOneOf.exactOptional() }).exactOptional(),
  container: z.literal(true).exactOptional(),
  slow: z.literal(true).exactOptional(),
  parameters: z.record(z.string(), jsonField),
  once: z.array(z.string()),
  raw: z.array(z.string()),
  sample: jsonField,
  window: z.number(),
  timeoutMs: z.number(),
  onLostAnswer: z.enum(['lookup', 'resend', 'ask']),
  keyTtlMs: z.number().exactOptional(),
  locales: z.record(z.string(), z.record(z.string(), z.string())),
  own: z.literal(true).exactOptional(),
  retired: z.literal(true).exactOptional(),
});

/** Installed node types, and whether the server follows their sources; the answer carries an `ETag` and honours `If-None-Match`. */
export const listNodeTypes = defineEndpoint({
  method: 'GET',
  path: '/api/v1/node-types',
  summary: 'Installed node types',
  answer: { status: 200, body: z.object({ nodeTypes: z.array(nodeTypeSchema), followed: z.literal(true).exactOptional() }) },
});
