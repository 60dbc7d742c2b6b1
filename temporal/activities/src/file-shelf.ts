import type { BlobStore } from '@millwright/blobs';
import type { CodeFile, CodeFiles } from '@millwright/code-runner';
import { type BlobId, isJsonObject, type JsonObject, type JsonValue, TransientError, UserError } from '@millwright/core';
import type { RunHeader } from '@millwright/workflow';

/** What an item holds of a file: all that is known of it but its content. Names are those of n8n, whose programs read them. */
interface FileHandle extends JsonObject {
  /** A blob of the workspace. */
  readonly id: string;
  readonly fileName: string;
  /** Without the dot; empty where the name has none. */
  readonly fileExtension: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
}

const extensionOf = (name: string): string => (/\.([^.]{1,20})$/.exec(name)?.[1] ?? '').toLowerCase();

/** The files of one run, as one program sees them. The same content is stored once per run, so a second try of a step adds nothing. */
export class FileShelf implements CodeFiles {
  readonly #store: Pick<BlobStore, 'getFile' | 'putFile'>;
  readonly #header: RunHeader;
  #away: TransientError | null = null;

  constructor(store: Pick<BlobStore, 'getFile' | 'putFile'>, header: RunHeader) {
    this.#store = store;
    this.#header = header;
  }

  async *read(handle: JsonValue): AsyncIterable<Uint8Array> {
    const id = isJsonObject(handle) ? handle['id'] : undefined;
    if (typeof id !== 'string')
      throw new UserError('unprocessable', {
        code: 'file_without_content',
        message: 'That is no file: nothing says where its content is',
        hint: 'Hand on a file of an item as it came.',
      });
    try {
      const { content } = await this.#store.getFile({ workspaceId: this.#header.workspaceId, blobId: id as BlobId });
      yield* content();
    } catch (thrown) {
      throw this.#noted(thrown);
    }
  }

  async make({ fileName, mimeType, content }: CodeFile): Promise<FileHandle> {
    try {
      const { workspaceId, runId } = this.#header;
      const { blobId, sizeBytes, sha256 } = await this.#store.putFile({ workspaceId, runId }, { content, mediaType: mimeType });
      return { id: blobId, fileName, fileExtension: extensionOf(fileName), mimeType, sizeBytes, sha256 };
    } catch (thrown) {
      throw this.#noted(thrown);
    }
  }

  /** A fault of ours that the program took for one of the file: the call says nothing, and is made again. */
  throwIfAway(): void {
    if (this.#away !== null) throw this.#away;
  }

  #noted(thrown: unknown): unknown {
    if (thrown instanceof TransientError) this.#away = thrown;
    return thrown;
  }
}
