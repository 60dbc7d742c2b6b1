export { httpParametersOf } from './http-parameters.ts';
export { takeSecrets, type CurlSecret, type WithoutSecrets } from './take-secrets.ts';
export { readCurl, type CurlBody, type CurlCredential, type CurlPair, type CurlRequest } from './read-curl.ts';
