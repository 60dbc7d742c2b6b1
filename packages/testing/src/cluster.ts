import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the test cluster that always exists; may make others. */
    adminUrl: string;
    /** `host:port` of the real Temporal server. */
    temporalAddress: string;
  }
}

/** The shared servers of this test project. */
export function testCluster(): { readonly adminUrl: string; readonly temporalAddress: string } {
  return { adminUrl: inject('adminUrl'), temporalAddress: inject('temporalAddress') };
}
