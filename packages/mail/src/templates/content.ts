/** The languages that mails are written in. */
export const MAIL_LANGUAGES = ['en', 'de'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** The language nearest to one that somebody chose; English where there is none. @param tag such as `de-AT` */
export function mailLanguage(tag: string): MailLanguage {
  return MAIL_LANGUAGES.find((language) => tag.toLowerCase().split('-')[0] === language) ?? 'en';
}

/** What is told. Every text is what somebody wrote, as it is: templates escape it. */
export type MailContent =
  | {
      readonly kind: 'invitation';
      readonly inviterName: string;
      readonly workspaceName: string;
      readonly role: 'owner' | 'admin' | 'editor' | 'operator' | 'viewer';
      /** Lets its reader in. */
      readonly link: string;
      readonly expiresAt: Date;
    }
  | { readonly kind: 'test'; readonly senderName: string; readonly workspaceName: string; readonly link: string }
  | {
      readonly kind: 'reconnect';
      readonly connectionName: string;
      readonly appName: string;
      readonly workspaceName: string;
      /** Runs that wait for it. */
      readonly waitingRuns: number;
      /** Where it is connected again. */
      readonly link: string;
    }
  | {
      readonly kind: 'alert';
      readonly workspaceName: string;
      readonly title: string;
      /** Paragraphs. */
      readonly lines: readonly string[];
      readonly link: string;
    };

/** A mail's words: the same sentences become HTML and plain text. */
export interface MailWords {
  readonly subject: Sentence;
  readonly heading: Sentence;
  readonly paragraphs: readonly Sentence[];
  readonly action: { readonly label: string; readonly link: string };
  /** Small, below: why one got this and what to do if it is not meant. */
  readonly footer: readonly Sentence[];
  /** Before the written-out link. */
  readonly linkHint: string;
}

/** What is told in mails of one kind. */
export type ContentOf<K extends MailContent['kind']> = Extract<MailContent, { readonly kind: K }>;

/** The words of a language, by kind of mail. */
export type WordsByKind = { readonly [K in MailContent['kind']]: (content: ContentOf<K>) => MailWords };

/** Fixed words with values between them. */
export interface Sentence {
  readonly words: readonly string[];
  readonly values: readonly string[];
}

/** A sentence with values: `` say`${name} invited you` ``. Values can never become markup. */
export function say(words: TemplateStringsArray, ...values: readonly string[]): Sentence {
  return { words, values };
}
