/** Version of the engine's semantics; open runs name the one that they need. */
export const ENGINE_VERSION = 1;
