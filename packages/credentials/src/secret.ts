import { z } from '@millwright/node-sdk';

const texts = z.record(z.string(), z.string());

/** A token that a service gave. */
const tokenSchema = z.object({
  accessToken: z.string(),
  /** As the service writes it; `Bearer` where it says nothing. */
  tokenType: z.string(),
  /** Ms since 1970; null where nobody knows. */
  expiresAtMs: z.number().nullable(),
  /** Ms since 1970. */
  obtainedAtMs: z.number(),
  refreshToken: z.string().nullable(),
  /** Fields of the answer that templates read; never secrets. */
  extra: texts,
});
export type StoredToken = z.infer<typeof tokenSchema>;

/** What is sealed of a credential: all of its fields, and its token. */
export const secretSchema = z.object({
  fields: texts,
  token: tokenSchema.nullable(),
  /** Whose token it is, as far as the service says so in a way that does not change: `issuer subject`. */
  subject: z.string().nullable(),
});
export type Secret = z.infer<typeof secretSchema>;

/** What is sealed of a client app. */
export const clientSecretSchema = z.object({
  clientSecret: z.string(),
  /** Proves deliveries where the client secret does not; empty or absent: none was entered. */
  signingSecret: z.string().optional(),
});
export type ClientSecret = z.infer<typeof clientSecretSchema>;
