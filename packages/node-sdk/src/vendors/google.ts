import { jwt, oauth2 } from '../connector/auth-kinds.ts';
import type { JwtAuth, OAuth2Auth } from '../connector/auth.ts';
import { openField } from '../connector/credential-field.ts';
import type { ErrorSpec } from '../connector/errors.ts';
import { list, type OptionsSpec } from '../connector/option-lists.ts';
import { cursor, type PageSpec } from '../connector/pages.ts';

const DRIVE = 'https://www.googleapis.com/drive/v3';
const TOKENS = 'https://oauth2.googleapis.com/token';

/** What one connector asks of Google. */
interface GoogleAccess {
  /** https://developers.google.com/identity/protocols/oauth2/scopes */
  readonly scopes: readonly string[];
  /** Names of the APIs that an admin switches on in the console: `Google Sheets API`. */
  readonly apis: readonly string[];
}

/** A person's account with offline access, or a service account (https://developers.google.com/identity/protocols/oauth2). */
function auth({ scopes, apis }: GoogleAccess): { readonly oauth: OAuth2Auth; readonly serviceAccount: JwtAuth } {
  return {
    oauth: oauth2({
      label: 'Sign in with Google',
      authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: TOKENS,
      revokeUrl: 'https://oauth2.googleapis.com/revoke',
      tokenAuth: 'body',
      scopes,
      // Google gives a refresh token only when it is asked for consent.
      extraParams: { access_type: 'offline', prompt: 'consent' },
      console: {
        url: 'https://console.cloud.google.com/apis/credentials',
        notes: `OAuth client ID of the kind "Web application"; enter the callback address. Switch on the ${apis.join(' and the ')}.`,
      },
    }),
    serviceAccount: jwt({
      label: 'Service account',
      fields: [openField('clientEmail', 'Email of the service account', { placeholder: 'robot@project.iam.gserviceaccount.com' })],
      claims: { iss: '{{fields.clientEmail}}', aud: TOKENS },
      scopes,
      exchange: {
        url: TOKENS,
        method: 'POST',
        body: { as: 'form', values: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: '{{assertion}}' } },
        token: 'body.access_token',
        expiresIn: 'body.expires_in',
      },
    }),
  };
}

/** What Google's answers mean, the same for all of its APIs (https://google.aip.dev/193). */
const errors: ErrorSpec = {
  message: 'body.error.message',
  code: 'body.error.status',
  rate: [429, 'RESOURCE_EXHAUSTED', { status: 403, text: 'rate limit' }],
};

/** Lists by page tokens (https://google.aip.dev/158). @param name of the list in the answer */
function pages(name: string): PageSpec {
  return cursor({ items: `body.${name}`, send: 'query.pageToken', from: 'body.nextPageToken', size: ['query.pageSize', 100] });
}

/**
 * Files of one kind to choose from, those changed last first; wants the scope `drive.metadata.readonly` and the host www.googleapis.com.
 * @param kind `spreadsheet`, `document`, `presentation`
 * @param paging key of the connector's `pages` that holds `google.pages('files')`
 */
function files(kind: string, paging: string): OptionsSpec {
  return list({
    request: {
      get: `${DRIVE}/files`,
      query: {
        q: `mimeType='application/vnd.google-apps.${kind}' and trashed=false`,
        fields: 'nextPageToken,files(id,name)',
        orderBy: 'modifiedTime desc',
      },
    },
    items: 'body.files',
    value: 'id',
    label: 'name',
    pages: paging,
  });
}

/** What all connectors to Google's services have in common. */
export const google = {
  auth,
  errors,
  pages,
  files,
  /** Tries a connection out by asking whose it is; wants what `files` wants. */
  person: { get: `${DRIVE}/about`, query: { fields: 'user' }, show: '{{user.emailAddress}}' },
} as const;
