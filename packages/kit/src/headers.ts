/** Security headers with a Content-Security-Policy that names a nonce per request. */
export { createHeaders, type HeadersOptions, type PageHeaders } from './headers/create-headers.ts';
export { fileHeaders } from './headers/file-headers.ts';
