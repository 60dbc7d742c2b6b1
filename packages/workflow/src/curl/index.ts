export { httpParametersOf } from './http-parameters.ts';
export { readCurl, type CurlBody, type CurlCredential, type CurlPair, type CurlRequest } from './read-curl.ts';
