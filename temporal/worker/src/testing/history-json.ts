import { isJsonObject, type JsonObject, type JsonValue } from '@millwright/core';
import { KEY_METADATA } from '@millwright/temporal-protocol';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { NativeConnection } from '@temporalio/worker';

const { History } = temporal.api.history.v1;

/** Names the process that recorded it. */
const NAMES = new Set(['identity']);

function isPayload({ metadata }: JsonObject): boolean {
  return isJsonObject(metadata) && typeof metadata['encoding'] === 'string';
}

function bytesOf(text: JsonValue | undefined): Uint8Array {
  return Buffer.from(typeof text === 'string' ? text : '', 'base64');
}

async function decoded(json: JsonObject, codec: PayloadCodec): Promise<JsonValue> {
  const metadata = isJsonObject(json['metadata']) ? json['metadata'] : {};
  // What the SDK writes for itself, such as the times of local activities, is not encrypted.
  if (metadata[KEY_METADATA] === undefined) return json;
  const payload: Payload = {
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, bytesOf(text)])),
    data: bytesOf(json['data']),
  };
  const [plain = payload] = await codec.decode([payload]);
  const base64 = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('base64');
  return { metadata: { encoding: base64(plain.metadata?.['encoding']) }, data: base64(plain.data) };
}

async function readable(value: JsonValue, codec: PayloadCodec): Promise<JsonValue> {
  if (Array.isArray(value)) return Promise.all(value.map((one) => readable(one, codec)));
  if (!isJsonObject(value)) return value;
  if (isPayload(value)) return decoded(value, codec);
  // A sticky queue is named after its process.
  if (value['kind'] === 'TASK_QUEUE_KIND_STICKY') return { ...value, name: 'sticky' };
  const kept = Object.entries(value).filter(([name]) => !NAMES.has(name));
  return Object.fromEntries(await Promise.all(kept.map(async ([name, one]) => [name, await readable(one, codec)] as const)));
}

/** A run's history as JSON that later versions replay: payloads decoded, so that no key is needed for it. */
export async function readHistory(connection: NativeConnection, runId: string, codec: PayloadCodec): Promise<JsonValue> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: 'millwright',
    execution: { workflowId: runId },
  });
  if (!history) throw new Error(`Temporal has no history of ${runId}`);
  return readable(History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String }) as JsonValue, codec);
}

/** What `readHistory` gave, as the SDK replays it. */
export function historyOf(json: JsonValue): temporal.api.history.v1.IHistory {
  return History.fromObject(json as object);
}
