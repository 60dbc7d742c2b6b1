/** Something to be read aloud: a key of the catalogue of texts and what it names. */
export interface Announcement {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}
